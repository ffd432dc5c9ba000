package org.evolvent.cli.internal.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.evolvent.cli.internal.display.Console;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the command in this process, in a directory of its own, and keeps what it says. */
final class Shell {
    /** A study that is over in a moment. */
    static final String STUDY = """
            study: hill
            trainer: {java: org.evolvent.cli.trainers.Hill}
            space:
              rate: {float: [1.0e-4, 1.0e-1], scale: log}
            objective: {metric: score, goal: maximize}
            population: 6
            budget: {steps: 120}
            interval: {steps: 10}
            strategy:
              exploit: {truncation: {fraction: 0.3}}
              explore: {perturb: {factors: [0.8, 1.25]}, resample: 0.25}
            execution: {mode: synchronous, slots: 2}
            seed: 17
            """;

    /** What a command answered. */
    record Answer(int code, String out, String err) {
        /** Returns the last line of stdout as JSON. */
        JsonNode json() {
            String[] lines = out.strip().split("\n", -1);
            return JsonMapper.shared().readTree(lines[lines.length - 1]);
        }
    }

    private final Path directory;

    Shell(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Writes a file below the directory. */
    Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls {@code evolvent} with arguments. */
    Answer call(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        Context context = new Context(console, directory, InstantSource.system(), false);
        int code = CommandLines.create(context).execute(arguments);
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
