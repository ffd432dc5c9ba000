package org.evolvent.runtime.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;

/**
 * Hardens the study and collects garbage, in the only safe order: checkpoints to the device, then the log with the statement that they
 * are there, then the garbage goes. A loss of power at any moment therefore finds a log prefix whose checkpoints all exist.
 *
 * <p>It runs in the background, at least once a second while there is something to do. Large garbage does not wait: when a single piece
 * has {@link CheckpointStore#LARGE_BYTES} or all together have {@value #MOST_GARBAGE_BYTES}, {@link #settle} returns only when it is gone.
 * The next attempts are training by then, but nothing that they report is taken before, so that the disk holds what is reachable, in flight,
 * and a small remainder.
 */
final class Collector implements AutoCloseable {
    static final long MOST_GARBAGE_BYTES = 1 << 20;
    static final Duration PERIOD = Duration.ofSeconds(1);

    private final EventStore events;
    private final CheckpointStore checkpoints;
    private final Retention retention = new Retention();
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "evolvent-collector");
        thread.setDaemon(true);
        return thread;
    });

    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private List<Retention.Kept> collecting = List.of();
    private Instant last;
    private boolean large;

    Collector(EventStore events, CheckpointStore checkpoints, Instant now) {
        this.events = events;
        this.checkpoints = checkpoints;
        this.last = now;
    }

    void begin(StudyState state) {
        retention.begin(state);
    }

    void committed(CheckpointStore.Stored stored) {
        retention.committed(stored.id(), stored.bytes());
        large |= stored.bytes() >= CheckpointStore.LARGE_BYTES;
    }

    void unwanted(CheckpointStore.Stored stored) {
        retention.unwanted(stored.id(), stored.bytes());
    }

    void follow(Iterable<Member> before, Optional<ReadyPoint> bestBefore, Population after) {
        retention.follow(before, bestBefore, after);
    }

    /** Does what is due; to be called after every commit, when the next attempts have been started. */
    void settle(Instant now) {
        if (retention.garbageBytes() >= (large ? 1 : MOST_GARBAGE_BYTES)) {
            finish();
            begin(now);
            finish();
        } else if (running.isDone()) {
            finish();
            if (retention.isDirty() && Duration.between(last, now).compareTo(PERIOD) >= 0) {
                begin(now);
            }
        }
    }

    /** Hardens and collects everything that there is, and waits for it. */
    void flush(Instant now) {
        finish();
        begin(now);
        finish();
    }

    private void begin(Instant now) {
        List<CheckpointId> unhardened = retention.takeUnhardened();
        collecting = retention.garbage();
        last = now;
        long size = events.size();
        running = CompletableFuture.runAsync(
                () -> {
                    checkpoints.harden(unhardened);
                    events.harden(size);
                },
                background);
    }

    private void finish() {
        try {
            running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        checkpoints.discard(retention.takeGarbage(collecting));
        collecting = List.of();
    }

    /** Returns when nothing runs in the background any more, so that the stores can be closed. */
    @Override
    public void close() {
        background.shutdown();
        running.handle((done, failure) -> true).join();
    }
}
