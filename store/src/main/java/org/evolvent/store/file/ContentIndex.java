package org.evolvent.store.file;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.Manifest;

/**
 * Which checkpoints there are, and which of their files have which content. In memory only; built from the manifests. Small files are
 * left out: to link one costs as much as to keep it. Not thread-safe.
 */
final class ContentIndex {
    /** From this size on a file is stored once: a block of most file systems. */
    static final long LEAST_BYTES = 4096;

    /** A file of a checkpoint. */
    record Place(CheckpointId checkpoint, String path) {}

    private final Map<CheckpointId, Manifest> checkpoints = new HashMap<>();
    private final Map<String, Set<Place>> places = new HashMap<>();

    void add(CheckpointId id, Manifest manifest) {
        checkpoints.put(id, manifest);
        for (Manifest.Entry entry : manifest.files()) {
            if (entry.bytes() >= LEAST_BYTES) {
                places.computeIfAbsent(entry.sha256(), key -> new LinkedHashSet<>())
                        .add(new Place(id, entry.path()));
            }
        }
    }

    void remove(CheckpointId id) {
        Manifest manifest = checkpoints.remove(id);
        if (manifest != null) {
            for (Manifest.Entry entry : manifest.files()) {
                places.computeIfPresent(entry.sha256(), (key, found) -> {
                    found.remove(new Place(id, entry.path()));
                    return found.isEmpty() ? null : found;
                });
            }
        }
    }

    boolean contains(CheckpointId id) {
        return checkpoints.containsKey(id);
    }

    Set<CheckpointId> checkpoints() {
        return Set.copyOf(checkpoints.keySet());
    }

    /** Returns a file with the same content, if there is one. */
    Optional<Place> twin(Manifest.Entry entry) {
        return entry.bytes() < LEAST_BYTES
                ? Optional.empty()
                : places.getOrDefault(entry.sha256(), Set.of()).stream().findFirst();
    }
}
