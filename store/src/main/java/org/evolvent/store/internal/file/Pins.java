package org.evolvent.store.internal.file;

import java.util.HashMap;
import java.util.Map;
import org.evolvent.core.population.CheckpointId;

/** Who must not be collected, and how often that was asked for. Thread-safe; whoever discards holds its monitor meanwhile. */
final class Pins {
    private final Map<CheckpointId, Integer> counts = new HashMap<>();

    synchronized void add(CheckpointId id) {
        counts.merge(id, 1, Integer::sum);
    }

    synchronized void release(CheckpointId id) {
        counts.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
    }

    synchronized boolean contains(CheckpointId id) {
        return counts.containsKey(id);
    }
}
