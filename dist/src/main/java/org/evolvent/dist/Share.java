package org.evolvent.dist;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.evolvent.cli.internal.command.CommandLines;
import org.evolvent.cli.internal.command.Context;
import org.evolvent.cli.internal.display.Console;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the directory {@code share} of a release, laid out so that shells and {@code man} find it below any prefix. */
final class Share {
    private Share() {}

    /**
     * Writes the files.
     *
     * @param arguments the directory to write to, which is made; and the version that the manual names
     */
    public static void main(String[] arguments) throws IOException {
        Path share = Path.of(arguments[0]);
        CommandLine command = command();
        write(share.resolve("bash-completion/completions/evolvent"), AutoComplete.bash("evolvent", command));
        write(share.resolve("zsh/site-functions/_evolvent"), ZshCompletion.of(command));
        write(share.resolve("fish/vendor_completions.d/evolvent.fish"), FishCompletion.of(command));
        write(share.resolve("man/man1/evolvent.1"), ManualPage.of(command, arguments[1]));
    }

    /** Returns the command, to be looked at only. */
    static CommandLine command() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        return CommandLines.create(
                new Context(Console.plain(nowhere, nowhere), Path.of("/"), InstantSource.system(), false));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
