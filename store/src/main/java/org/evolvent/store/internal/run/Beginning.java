package org.evolvent.store.internal.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.disk.Failures;
import org.evolvent.store.internal.sqlite.SqliteEventStore;

/** How a directory becomes a run: all of it or nothing, and what a kill left of it is no obstacle to the next try. */
final class Beginning {
    private static final String EVENTS = RunDirectory.EVENTS;
    private static final String STUDY = RunDirectory.STUDY;

    /** What one that was killed may leave: no study file, so it never was a run, and nothing in it is anybody's. */
    private static final Set<String> LEFTOVERS = Set.of(
            ".lock",
            Heartbeat.FILE,
            "." + Heartbeat.FILE + ".new",
            EVENTS,
            EVENTS + "-wal",
            EVENTS + "-shm",
            "." + EVENTS + ".new",
            "." + EVENTS + ".new-journal",
            "." + EVENTS + ".new-wal",
            "." + EVENTS + ".new-shm",
            "." + STUDY + ".new",
            RunDirectory.FROM,
            "." + RunDirectory.FROM + ".new",
            "checkpoints",
            "logs");

    private static final int NAMED_ENTRIES = 10;

    private Beginning() {}

    /** Makes a run of a directory that does not exist, is empty, or holds leftovers only; see {@link RunDirectory#create}. */
    static void of(Path dir, String studyYaml, Optional<String> from) {
        requireFree(dir);
        List<Path> made = new ArrayList<>();
        try {
            makeDirectories(dir.toAbsolutePath(), made);
            Premises.toWrite(dir);
            try (RunLock lock = RunLock.take(dir)) {
                requireFree(dir);
                requireNothingLogged(dir);
                try {
                    fill(dir, studyYaml, from);
                } catch (IOException | RuntimeException e) {
                    empty(dir, e);
                    throw e;
                }
            }
        } catch (IOException | RuntimeException e) {
            unmake(made);
            if (e instanceof IOException io) {
                throw new EvolventException(
                        "The run directory %s cannot be made: %s\nMaybe choose another, or make it writable."
                                .formatted(dir, Failures.describe(io)),
                        e);
            }
            throw (RuntimeException) e;
        }
    }

    /** Returns whether a directory holds what a killed beginning left, and nothing else. */
    static boolean isUnfinished(Path dir) {
        if (!Files.isDirectory(dir) || !hasLeftoversOnly(dir)) {
            return false;
        }
        Path log = dir.resolve(EVENTS);
        if (!Files.exists(log)) {
            return true;
        }
        try (SqliteEventStore events = SqliteEventStore.read(log)) {
            return events.size() == 0;
        }
    }

    private static boolean hasLeftoversOnly(Path dir) {
        Set<String> names = names(dir);
        return names.contains(".lock") && LEFTOVERS.containsAll(names);
    }

    private static void makeDirectories(Path dir, List<Path> made) throws IOException {
        if (!Files.isDirectory(dir)) {
            if (dir.getParent() != null) {
                makeDirectories(dir.getParent(), made);
            }
            try {
                Files.createDirectory(dir);
                made.add(0, dir);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(dir)) {
                    throw e;
                }
            }
        }
    }

    private static void fill(Path dir, String studyYaml, Optional<String> from) throws IOException {
        if (!Files.exists(dir.resolve(EVENTS))) {
            SqliteEventStore.create(dir.resolve(EVENTS)).close();
        }
        Files.createDirectories(dir.resolve("checkpoints"));
        Files.createDirectories(dir.resolve("logs"));
        if (from.isPresent()) {
            Disk.writeDurably(dir.resolve(RunDirectory.FROM), from.get());
        }
        // Last: from now on it is a run.
        Disk.writeDurably(dir.resolve(STUDY), studyYaml);
        Disk.forceName(dir);
    }

    /** Takes back what a failed beginning put into a directory that was free. */
    private static void empty(Path dir, Exception cause) {
        try {
            for (String name : LEFTOVERS) {
                Disk.deleteTree(dir.resolve(name));
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Deletes directories that were made, the deepest first, as long as they are empty: somebody else may use them by now. */
    private static void unmake(List<Path> made) {
        for (Path dir : made) {
            try {
                Files.delete(dir);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void requireFree(Path dir) {
        if (!Files.exists(dir)) {
            return;
        }
        if (!Files.isDirectory(dir)) {
            throw new EvolventException("%s is not a directory.\nMaybe choose another.".formatted(dir));
        }
        if (Files.exists(dir.resolve(STUDY))) {
            throw new EvolventException(
                    "%s holds a run already.\nMaybe go on with it (evolvent resume %s, or StudyRun.resume in Java), or choose another directory?"
                            .formatted(dir, dir));
        }
        Set<String> names = names(dir);
        if (!names.isEmpty() && !hasLeftoversOnly(dir)) {
            throw new EvolventException(
                    "%s is not empty: it has %s.\nMaybe choose another directory.".formatted(dir, some(names)));
        }
    }

    private static String some(Set<String> names) {
        List<String> first = names.stream().limit(NAMED_ENTRIES).toList();
        return names.size() == first.size()
                ? first.toString()
                : "%s and %s more".formatted(first, names.size() - first.size());
    }

    /** A log with events is that of a run whose study file somebody took away. */
    private static void requireNothingLogged(Path dir) {
        Path log = dir.resolve(EVENTS);
        if (Files.exists(log, LinkOption.NOFOLLOW_LINKS)) {
            try (SqliteEventStore events = SqliteEventStore.open(log)) {
                if (events.size() > 0) {
                    throw new EvolventException(
                            "%s holds a log of %s events, but no %s.\nMaybe somebody moved that away: put it back, or choose another directory."
                                    .formatted(dir, events.size(), STUDY));
                }
            }
        }
    }

    private static Set<String> names(Path dir) {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException e) {
            throw Failures.of("The run directory %s cannot be read".formatted(dir), e);
        }
        return names;
    }
}
