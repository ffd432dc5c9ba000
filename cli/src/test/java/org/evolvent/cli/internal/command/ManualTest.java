package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.evolvent.cli.internal.display.Console;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual names every command and option. */
class ManualTest {
    @Test
    void everyCommandAndOptionIsThere() throws IOException {
        Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = Files.isDirectory(start.resolve("docs")) ? start : start.resolveSibling("");
        String manual = Files.readString(root.resolve("docs/commands.md"));
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        CommandLine top = CommandLines.create(
                new Context(Console.plain(nowhere, nowhere), Path.of("/"), InstantSource.system(), false));
        top.getSubcommands().forEach((name, command) -> {
            assertThat(manual).contains("`evolvent " + name + " ");
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!Set.of("--help", "--version").contains(option.longestName())) {
                    assertThat(manual).as(name).contains("`" + option.longestName());
                }
            }
        });
    }
}
