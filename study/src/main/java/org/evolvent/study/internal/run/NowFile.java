package org.evolvent.study.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.evolvent.runtime.Executor.Activity;
import org.evolvent.runtime.StudyListener;

/**
 * Writes what a study is doing into {@code logs/now.txt} every two seconds, for those who ask from another process, and deletes it at the end.
 * It is not worth a failure: where it cannot be written nobody is told.
 */
public final class NowFile implements StudyListener, AutoCloseable {
    private static final long PERIOD_MILLIS = 2000;
    private static final String NAME = "now.txt";

    private final Path file;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "evolvent-now");
        named.setDaemon(true);
        return named;
    });
    private volatile Supplier<List<Activity>> activities = List::of;
    private volatile Supplier<List<String>> places = List::of;
    private volatile String pause = "";

    NowFile(Path logs, InstantSource clock) {
        this.file = logs.resolve(NAME);
        this.clock = clock;
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::write, PERIOD_MILLIS / 2, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns what was written last, by a driver that runs or was killed; empty when there is nothing. */
    public static Optional<String> read(Path logs) {
        try {
            return Optional.of(Files.readString(logs.resolve(NAME)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Looks at an executor's places, too. */
    void places(Supplier<List<String>> looked) {
        places = looked;
    }

    @Override
    public void watching(Supplier<List<Activity>> watched) {
        activities = watched;
    }

    @Override
    public void paused(String reason) {
        pause = reason;
    }

    @Override
    public void unpaused() {
        pause = "";
    }

    private void write() {
        try {
            Path fresh = file.resolveSibling(NAME + ".new");
            List<String> lines = new ArrayList<>(new Doings(activities.get(), pause, clock.instant()).lines());
            lines.addAll(places.get());
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Nobody is told, as said above.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(1, TimeUnit.SECONDS)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // As above.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
