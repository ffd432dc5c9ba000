package org.evolvent.trainer.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks after the limits of processes, twenty times a second. Thread-safe. */
public final class Timekeeper implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    private final LearntSilence silence = new LearntSilence();
    private final Set<LocalProcess> processes = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "evolvent-limits");
        named.setDaemon(true);
        return named;
    });

    /** Starts the clock. */
    public Timekeeper() {
        ScheduledFuture<?> unused = thread.scheduleAtFixedRate(
                () -> processes.forEach(process -> process.checkLimits(silence.limit())),
                PERIOD_MILLIS,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Looks after a process from now on. */
    public void watch(LocalProcess process) {
        processes.add(process);
    }

    /** Learns how long an interval takes that ends well, all of it together. */
    public void finished(Duration interval) {
        silence.note(interval);
    }

    /** Forgets a process. */
    public void forget(LocalProcess process) {
        processes.remove(process);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
