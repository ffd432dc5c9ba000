package org.evolvent.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.evolvent.cli.internal.command.CommandLines;
import org.evolvent.cli.internal.command.Context;
import org.evolvent.cli.internal.display.Console;

/** Where the {@code evolvent} command starts. Everything ambient (clock, terminal, current directory) is looked up here. */
public final class Evolvent {
    private static final int DEFAULT_COLUMNS = 100;
    private static final int DEFAULT_ROWS = 30;

    private Evolvent() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Context context = new Context(console(), Path.of("").toAbsolutePath(), InstantSource.system(), true);
        System.exit(CommandLines.create(context).execute(arguments));
    }

    private static Console console() {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        boolean isTerminal = isTerminal();
        if (!isTerminal) {
            return Console.plain(out, err);
        }
        List<Integer> size = terminalSize();
        return Console.terminal(out, err, size.get(1), size.get(0), showsUnicode());
    }

    /** The first of these variables that is set names the terminal's character set. */
    private static boolean showsUnicode() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(System::getenv)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .map(value -> value.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8"))
                .orElse(false);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** {@code System.console()} says yes only when stdin is a terminal as well, and from Java 22 on even when nothing is. */
    private static boolean isTerminal() {
        String kind = Optional.ofNullable(System.getenv("TERM")).orElse("dumb");
        return !kind.equals("dumb")
                && ask(new ProcessBuilder("test", "-t", "1").redirectOutput(ProcessBuilder.Redirect.INHERIT))
                        .isPresent();
    }

    private static List<Integer> terminalSize() {
        Optional<String> answer = ask(new ProcessBuilder("stty", "size").redirectInput(new java.io.File("/dev/tty")));
        List<Integer> size = answer.map(String::strip)
                .filter(text -> text.matches("[1-9]\\d{0,3} [1-9]\\d{0,3}"))
                .map(text -> List.of(text.split(" ", -1)).stream()
                        .map(Integer::valueOf)
                        .toList())
                .orElse(List.of(DEFAULT_ROWS, DEFAULT_COLUMNS));
        return size;
    }

    /** Returns what a program prints; empty when it fails or is not there. */
    private static Optional<String> ask(ProcessBuilder program) {
        try {
            Process process = program.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(answer)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
