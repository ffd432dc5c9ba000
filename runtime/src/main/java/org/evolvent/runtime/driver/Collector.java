package org.evolvent.runtime.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.StorageException;

/**
 * Makes the log survive a loss of power and collects garbage, in the only safe order: first the log that needs the garbage no more is
 * forced to the device, then the garbage goes. A loss of power at any moment therefore finds a log whose checkpoints all exist.
 *
 * <p>It runs in the background, at least once a second while there is something to do. Large garbage does not wait: when a single piece
 * has {@value #LARGE_BYTES} bytes or all together have {@value #MOST_GARBAGE_BYTES}, {@link #settle} returns only when it is gone. The next
 * attempts are training by then, but nothing that they report is taken before, so that the disk holds what is reachable, in flight, and a
 * small remainder.
 *
 * <p>When the medium is full, read-only or failing, everything stays as it is until the next time.
 */
final class Collector implements AutoCloseable {
    static final long LARGE_BYTES = 1 << 16;
    static final long MOST_GARBAGE_BYTES = 1 << 20;
    static final Duration PERIOD = Duration.ofSeconds(1);

    private final EventStore events;
    private final CheckpointStore checkpoints;
    private final Retention retention = new Retention();
    private final Executor background;

    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private List<Retention.Kept> collecting = List.of();
    private Instant last;
    private long synced;
    private boolean large;

    Collector(EventStore events, CheckpointStore checkpoints, Executor background, Instant now) {
        this.events = events;
        this.checkpoints = checkpoints;
        this.background = background;
        this.last = now;
    }

    /** Runs a task on a thread of its own that does not keep the process alive. */
    static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "evolvent-collector");
        thread.setDaemon(true);
        thread.start();
    }

    void begin(StudyState state) {
        retention.begin(state);
    }

    void committed(CheckpointStore.Stored stored) {
        retention.committed(stored.id(), stored.bytes());
        large |= stored.bytes() >= LARGE_BYTES;
    }

    void follow(Iterable<Member> before, Optional<ReadyPoint> bestBefore, Population after) {
        retention.follow(before, bestBefore, after);
    }

    /** Does what is due; to be called after every commit, when the next attempts have been started. */
    void settle(Instant now) {
        // The clock may have been set back.
        boolean due = Duration.between(last, now).abs().compareTo(PERIOD) >= 0;
        if (retention.garbageBytes() >= (large ? 1 : MOST_GARBAGE_BYTES)) {
            flush(now);
        } else if (running.isDone()) {
            finish();
            if (due && (retention.hasGarbage() || events.size() > synced)) {
                begin(now);
            }
        }
    }

    /** Does everything that there is to do, and waits for it. */
    void flush(Instant now) {
        finish();
        begin(now);
        finish();
    }

    private void begin(Instant now) {
        collecting = retention.garbage();
        last = now;
        synced = events.size();
        running = CompletableFuture.runAsync(events::sync, background);
    }

    private void finish() {
        try {
            running.join();
            checkpoints.discard(retention.takeGarbage(collecting));
        } catch (CompletionException e) {
            postpone(e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (StorageException e) {
            postpone(e);
        }
        collecting = List.of();
    }

    private void postpone(RuntimeException failure) {
        if (!(failure instanceof StorageException)) {
            throw failure;
        }
        retention.putBack(collecting);
        running = CompletableFuture.completedFuture(null);
        synced = 0;
    }

    /** Returns when nothing runs in the background any more, so that the stores can be closed. */
    @Override
    public void close() {
        running.handle((done, failure) -> true).join();
    }
}
