package org.evolvent.runtime.internal.simulated;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.CheckpointStore;

/**
 * Checkpoints that are objects in memory instead of directories. They are named by the attempt that made them and not by their content,
 * which no decision can tell. Counts the most bytes that it ever held. Thread-safe.
 */
public final class SimulatedCheckpointStore implements CheckpointStore {
    private static final class Held {
        private final Object weights;
        private final long bytes;
        private boolean pinned = true;

        private Held(Object weights, long bytes) {
            this.weights = weights;
            this.bytes = bytes;
        }
    }

    private final Map<CheckpointId, Held> held = new HashMap<>();
    private long bytes;
    private long mostBytes;

    /** Keeps weights under the attempt's name, pinned until {@link #release}. */
    synchronized Stored put(Attempt attempt, Object weights, long size) {
        CheckpointId id = nameOf(attempt);
        if (held.put(id, new Held(weights, size)) == null) {
            bytes += size;
            mostBytes = StrictMath.max(mostBytes, bytes);
        }
        return new Stored(id, size);
    }

    /** Returns the weights under a name, if they are there. */
    synchronized Optional<Object> weights(CheckpointId id) {
        return Optional.ofNullable(held.get(id)).map(found -> found.weights);
    }

    /** Returns the most bytes that were ever held at the same time. */
    public synchronized long mostBytes() {
        return mostBytes;
    }

    /** The member comes last in the names of first attempts: members that train one after the other have hash codes side by side. */
    private static CheckpointId nameOf(Attempt attempt) {
        HexFormat digits = HexFormat.of();
        String name = digits.toHexDigits(
                (long) attempt.interval() << 32 | attempt.member().index());
        return new CheckpointId(attempt.number() == 0 ? name : name + digits.toHexDigits(attempt.number()));
    }

    @Override
    public Path stage() {
        throw noFiles();
    }

    @Override
    public Stored commit(Path staged) {
        throw noFiles();
    }

    @Override
    public void abandon(Path staged) {
        throw noFiles();
    }

    @Override
    public Opened open(CheckpointId id) {
        throw noFiles();
    }

    private static UnsupportedOperationException noFiles() {
        return new UnsupportedOperationException("Simulated checkpoints are not files");
    }

    @Override
    public synchronized void release(CheckpointId id) {
        Held released = held.get(id);
        if (released != null) {
            released.pinned = false;
        }
    }

    @Override
    public synchronized boolean isIntact(CheckpointId id) {
        return held.containsKey(id);
    }

    @Override
    public synchronized void discard(Collection<CheckpointId> ids) {
        for (CheckpointId id : ids) {
            Held found = held.get(id);
            if (found != null && !found.pinned) {
                held.remove(id);
                bytes -= found.bytes;
            }
        }
    }

    @Override
    public synchronized int sweep(Set<CheckpointId> reachable) {
        int before = held.size();
        discard(held.keySet().stream().filter(id -> !reachable.contains(id)).toList());
        return before - held.size();
    }

    @Override
    public synchronized Set<CheckpointId> list() {
        return Set.copyOf(held.keySet());
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
