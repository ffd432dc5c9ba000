package org.evolvent.store.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.Manifest;

/**
 * Which directories have which content, so that what did not change takes room once. In memory only; built from the manifests. Tiny files
 * are left out: to link one costs as much as to keep it. Not thread-safe.
 */
final class ContentIndex {
    /** From this size on a file is stored once: a block of most file systems. */
    private static final long LEAST_BYTES = 4096;

    /** A file of a checkpoint. */
    private record Place(CheckpointId checkpoint, String path) {}

    private final Layout layout;
    private final Map<CheckpointId, Optional<Manifest>> checkpoints = new HashMap<>();
    private final Map<String, Set<Place>> places = new HashMap<>();

    ContentIndex(Layout layout) {
        this.layout = layout;
    }

    /** Adds what there is. */
    void read() throws IOException {
        for (CheckpointId id : layout.checkpoints()) {
            add(id, layout.readManifest(id));
        }
    }

    /** Adds a checkpoint; one whose manifest is damaged is there, but nobody knows what is in it. */
    void add(CheckpointId id, Optional<Manifest> manifest) {
        checkpoints.put(id, manifest);
        manifest.ifPresent(known -> known.files().stream()
                .filter(entry -> entry.bytes() >= LEAST_BYTES)
                .forEach(entry -> places.computeIfAbsent(entry.sha256(), key -> new LinkedHashSet<>())
                        .add(new Place(id, entry.path()))));
    }

    void remove(CheckpointId id) {
        Optional<Manifest> manifest = checkpoints.getOrDefault(id, Optional.empty());
        checkpoints.remove(id);
        manifest.ifPresent(known -> known.files()
                .forEach(entry -> places.computeIfPresent(entry.sha256(), (key, found) -> {
                    found.remove(new Place(id, entry.path()));
                    return found.isEmpty() ? null : found;
                })));
    }

    boolean contains(CheckpointId id) {
        return checkpoints.containsKey(id);
    }

    Set<CheckpointId> checkpoints() {
        return Set.copyOf(checkpoints.keySet());
    }

    /**
     * Makes a second name of a file that has the same bytes, as far as its digest tells.
     *
     * @return whether there is such a file, and there can be a second name
     */
    boolean linkTwin(Manifest.Entry entry, Path link) {
        Optional<Place> twin =
                places.getOrDefault(entry.sha256(), Set.of()).stream().findFirst();
        if (twin.isEmpty()) {
            return false;
        }
        try {
            Files.createLink(
                    link,
                    layout.files(twin.get().checkpoint()).resolve(twin.get().path()));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // No hard links here, or no more of them to this file: the copy that was saved is as good.
            return false;
        }
    }
}
