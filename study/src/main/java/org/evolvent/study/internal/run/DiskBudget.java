package org.evolvent.study.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.study.internal.text.Sizes;

/**
 * Stops a study before its directory has more bytes than it may have: when what is there and a checkpoint for each slot and the best would
 * be too much. Looks every five seconds, and whenever what was committed since the last look could be too much. Used by the driver's
 * thread only.
 */
final class DiskBudget implements StudyListener {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Path directory;
    private final long budgetBytes;
    private final int slots;
    private final WayOn wayOn;
    private final InstantSource clock;
    private final Runnable stop;
    private Instant last = Instant.MIN;
    private long usedThen;
    private long committedSince;
    private long largestCheckpoint;
    private Optional<String> exceeded = Optional.empty();

    /**
     * Creates one.
     *
     * @param wayOn how the study goes on, to name in what is said
     * @param stop asks the study to stop
     */
    DiskBudget(Path directory, long budgetBytes, int slots, WayOn wayOn, InstantSource clock, Runnable stop) {
        this.directory = directory;
        this.budgetBytes = budgetBytes;
        this.slots = slots;
        this.wayOn = wayOn;
        this.clock = clock;
        this.stop = stop;
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        for (Event event : events) {
            if (event instanceof Event.IntervalFinished finished) {
                largestCheckpoint = Math.max(largestCheckpoint, finished.checkpointBytes());
                committedSince += finished.checkpointBytes();
            }
        }
        if (exceeded.isEmpty()
                && (isTooMuch(usedThen + committedSince) || !clock.instant().isBefore(last.plus(PERIOD)))) {
            look();
        }
    }

    /** Looks now, and asks the study to stop if there is too much. */
    void look() {
        last = clock.instant();
        usedThen = used();
        committedSince = 0;
        if (isTooMuch(usedThen)) {
            exceeded = Optional.of(
                    "%s has %s and may need another %s before the next look, but execution.disk allows %s.\n%s"
                            .formatted(
                                    directory,
                                    Sizes.format(usedThen),
                                    Sizes.format(needed()),
                                    Sizes.format(budgetBytes),
                                    wayOn.after("Allow more in " + directory.resolve("study.yaml"))));
            stop.run();
        }
    }

    private boolean isTooMuch(long used) {
        return used + needed() > budgetBytes;
    }

    private long needed() {
        return largestCheckpoint * (slots + 1);
    }

    /** Returns why the study had to stop, if it had to. */
    Optional<String> exceeded() {
        return exceeded;
    }

    /** Returns the bytes of all files, each once however many names it has. */
    private long used() {
        long[] bytes = {0};
        Set<Object> seen = new HashSet<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.fileKey() == null || seen.add(attributes.fileKey())) {
                        bytes[0] += attributes.size();
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // It was deleted meanwhile.
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes[0];
    }
}
