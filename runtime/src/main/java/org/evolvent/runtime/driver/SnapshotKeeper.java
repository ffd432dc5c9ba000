package org.evolvent.runtime.driver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.SnapshotStore;

/**
 * Keeps a snapshot beside the log: written in the background whenever the log has grown enough for that to be worth about a fiftieth
 * of the work, and at the end. One that cannot be written is left out: nothing but time is lost. Used by the driver's thread only.
 */
final class SnapshotKeeper implements AutoCloseable {
    /** The least number of events between two snapshots, and before the first; so many are read in a fifth of a second by a JVM that has just begun. */
    static final long LEAST_EVENTS = 500;

    /** An event takes 50 us at least, and a byte 10 ns. */
    private static final long BYTES_FOR_AN_EVENT = 100;

    private final SnapshotStore snapshots;
    private final boolean keeps;
    private final Executor background;

    private CompletableFuture<Long> running = CompletableFuture.completedFuture(0L);
    private Facts facts = Facts.NONE;
    private long events;
    private long kept;

    SnapshotKeeper(SnapshotStore snapshots, Executor background) {
        this.background = background;
        this.snapshots = snapshots;
        this.keeps = !snapshots.equals(SnapshotStore.NONE);
    }

    /**
     * Begins where the log ends.
     *
     * @param recovered what it comes to there
     * @param known the number of events that the snapshot folds from which that was recovered; 0 without one
     */
    void begin(Snapshot recovered, long known) {
        facts = recovered.facts();
        events = recovered.events();
        kept = known;
    }

    /** Takes in what was committed. */
    void follow(List<Event> committed) {
        if (!keeps) {
            return;
        }
        for (Event event : committed) {
            facts = facts.after(event);
        }
        events += committed.size();
    }

    /** Begins to write a snapshot if one is due. */
    void settle(Supplier<StudyState> state) {
        if (keeps
                && events - kept >= LEAST_EVENTS
                && running.isDone()
                && events - kept >= running.join() / BYTES_FOR_AN_EVENT) {
            write(state.get());
        }
    }

    /** Writes a last snapshot, unless the whole log is short, and returns when it is there. */
    void flush(StudyState state) {
        running.join();
        if (keeps && events >= LEAST_EVENTS && events > kept) {
            write(state);
            running.join();
        }
    }

    private void write(StudyState state) {
        Snapshot snapshot = new Snapshot(events, state, facts);
        kept = events;
        running = CompletableFuture.supplyAsync(() -> written(snapshot), background);
    }

    private long written(Snapshot snapshot) {
        try {
            return snapshots.write(snapshot);
        } catch (EvolventException e) {
            return 0;
        }
    }

    /** Returns when nothing runs in the background any more, so that the store can be closed. */
    @Override
    public void close() {
        running.join();
    }
}
