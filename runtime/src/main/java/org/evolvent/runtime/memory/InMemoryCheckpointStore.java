package org.evolvent.runtime.memory;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Manifest;

/**
 * Checkpoints in an in-memory file system, for tests, simulations and trainers that save through {@link java.nio.file.Files}. Native
 * code cannot open these paths. Thread-safe.
 */
public final class InMemoryCheckpointStore implements CheckpointStore {
    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final Map<CheckpointId, Path> checkpoints = new HashMap<>();
    private final Map<CheckpointId, Integer> pins = new HashMap<>();
    private final AtomicLong staged = new AtomicLong();

    @Override
    public Path stage() {
        try {
            return Files.createDirectory(files.getPath("/" + staged.getAndIncrement()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Stored commit(Path directory) {
        Manifest manifest = Manifest.of(directory);
        synchronized (this) {
            pins.merge(manifest.id(), 1, Integer::sum);
            if (checkpoints.putIfAbsent(manifest.id(), directory) != null) {
                abandon(directory);
            }
        }
        return new Stored(manifest.id(), manifest.bytes());
    }

    @Override
    public void abandon(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void release(CheckpointId id) {
        pins.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public Path open(CheckpointId id) {
        if (!isIntact(id)) {
            throw new EvolventException("Checkpoint %s does not exist or is damaged".formatted(id));
        }
        synchronized (this) {
            return checkpoints.get(id);
        }
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        Path directory;
        synchronized (this) {
            directory = checkpoints.get(id);
        }
        return directory != null && Manifest.of(directory).id().equals(id);
    }

    @Override
    public void harden(Collection<CheckpointId> ids) {
        // Memory does not survive anything.
    }

    @Override
    public synchronized void discard(Collection<CheckpointId> ids) {
        for (CheckpointId id : ids) {
            Path directory = pins.containsKey(id) ? null : checkpoints.remove(id);
            if (directory != null) {
                abandon(directory);
            }
        }
    }

    @Override
    public synchronized int sweep(Set<CheckpointId> reachable) {
        List<CheckpointId> stray = checkpoints.keySet().stream()
                .filter(id -> !reachable.contains(id) && !pins.containsKey(id))
                .toList();
        discard(stray);
        int deleted = stray.size();
        try (Stream<Path> top = Files.list(files.getPath("/"))) {
            for (Path directory : top.filter(path -> isStagedByUs(path) && !checkpoints.containsValue(path))
                    .toList()) {
                abandon(directory);
                deleted++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deleted;
    }

    private static boolean isStagedByUs(Path path) {
        return path.getFileName() != null && path.getFileName().toString().matches("[0-9]+");
    }

    @Override
    public synchronized Set<CheckpointId> list() {
        return Set.copyOf(checkpoints.keySet());
    }

    @Override
    public synchronized void close() {
        // The checkpoints are kept, so that a test may open the "disk" again; pins die with the process that held them.
        pins.clear();
    }
}
