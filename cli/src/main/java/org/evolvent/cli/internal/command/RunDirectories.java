package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.evolvent.cli.internal.display.ReadingLine;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.views.internal.history.Follower;

/** Finds run directories and what they hold. */
final class RunDirectories {
    private RunDirectories() {}

    /** Returns the path of a run, which must look like one. */
    static Path existing(Context context, Path given) {
        Path path = context.resolve(given);
        if (!Files.isDirectory(path)) {
            throw new UsageException("DIR is %s but there is no such directory".formatted(given));
        }
        for (String file : List.of("study.yaml", "events.db")) {
            if (!Files.exists(path.resolve(file))) {
                if (RunDirectory.isUnfinished(path)) {
                    throw new UsageException(
                            "DIR is %s, where a run was begun but did not come as far as its study.yaml, so that nothing was trained.\nMaybe it has just begun; if it was killed, begin it again: evolvent run STUDY --dir %s"
                                    .formatted(given, given));
                }
                throw new UsageException(
                        "DIR is %s, which holds no %s and so is no run directory.\nMaybe one below it, such as evolvent-runs/NAME-1? Or somebody moved that file away."
                                .formatted(given, file));
            }
        }
        return path;
    }

    /** Returns whether a run was begun here, so that there is something to go on with. */
    static boolean isBegun(Path directory) {
        return Files.exists(directory.resolve("study.yaml"));
    }

    /** Opens a run to look at it, and says what is wrong with the directory itself. */
    static RunDirectory read(Context context, Path given) {
        RunDirectory run = RunDirectory.read(existing(context, given));
        run.warnings().forEach(context.console().err()::println);
        return run;
    }

    /** Opens a run to look at what happened in it, and says what is wrong with the directory itself. */
    static Follower follow(Context context, Path given) {
        Path path = existing(context, given);
        try (ReadingLine reading = context.reading()) {
            Follower follower = Follower.whole(path, reading);
            follower.run().warnings().forEach(context.console().err()::println);
            return follower;
        }
    }

    /** Returns the first of {@code evolvent-runs/NAME-1}, {@code evolvent-runs/NAME-2}, ... that does not exist. */
    static Path unused(Context context, String name) {
        Path runs = context.directory().resolve("evolvent-runs");
        int number = 1;
        while (Files.exists(runs.resolve(name + "-" + number))) {
            number++;
        }
        return runs.resolve(name + "-" + number);
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
