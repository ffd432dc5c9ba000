package org.evolvent.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

    private static final Manifest NONE = new Manifest(List.of());

    private final Map<CheckpointId, Manifest> checkpoints = new HashMap<>();
    private final Map<String, Set<Place>> places = new HashMap<>();

    /** Adds what there is; manifests that were lost are written again. */
    void read(Layout layout) throws IOException {
        for (CheckpointId id : layout.checkpoints()) {
            Optional<Manifest> manifest = layout.readManifest(id);
            add(id, manifest.isPresent() ? manifest.get() : layout.mendManifest(id));
        }
    }

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

    long bytes(CheckpointId id) {
        return checkpoints.getOrDefault(id, NONE).bytes();
    }

    /** Makes a second name of a file with the same content; returns whether there is such a file, and there can be one. */
    boolean linkTwin(Manifest.Entry entry, Layout layout, Path link) {
        Optional<Place> twin = twin(entry);
        if (twin.isEmpty()) {
            return false;
        }
        try {
            Path file = layout.files(twin.get().checkpoint()).resolve(twin.get().path());
            if (Files.size(file) != entry.bytes()) {
                return false;
            }
            Files.createLink(link, file);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // No hard links here, or no more of them to this file: the copy that was saved is as good.
            return false;
        }
    }

    /** Returns a file with the same content, if there is one. */
    private Optional<Place> twin(Manifest.Entry entry) {
        return entry.bytes() < LEAST_BYTES
                ? Optional.empty()
                : places.getOrDefault(entry.sha256(), Set.of()).stream().findFirst();
    }
}
