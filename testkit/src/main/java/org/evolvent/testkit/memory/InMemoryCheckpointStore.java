package org.evolvent.testkit.memory;

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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.Manifest;

/**
 * Checkpoints in an in-memory file system, for tests, simulations and trainers that save through {@link java.nio.file.Files}. Native
 * code cannot open these paths. Thread-safe.
 */
public final class InMemoryCheckpointStore implements CheckpointStore {
    private record Kept(Path directory, Manifest manifest) {}

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final Map<CheckpointId, Kept> checkpoints = new HashMap<>();
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
        Manifest manifest;
        try {
            manifest = Manifest.of(directory);
        } catch (RuntimeException e) {
            abandon(directory);
            throw e;
        }
        CheckpointId id = manifest.id();
        synchronized (this) {
            pins.merge(id, 1, Integer::sum);
            if (checkpoints.putIfAbsent(id, new Kept(directory, manifest)) != null) {
                abandon(directory);
            }
        }
        return new Stored(id, manifest.bytes());
    }

    @Override
    public void abandon(Path directory) {
        if (!Files.exists(directory)) {
            return; // The trainer has deleted it.
        }
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
    public Opened open(CheckpointId id) {
        Kept kept = kept(id).orElseThrow(
                        () -> new DamagedCheckpointException(id, "There is no checkpoint %s".formatted(id)));
        Manifest found = Manifest.of(kept.directory);
        if (!found.equals(kept.manifest)) {
            throw new DamagedCheckpointException(
                    id, "Checkpoint %s is damaged: %s".formatted(id, kept.manifest.differenceTo(found)));
        }
        return new Shared(kept.directory);
    }

    /** The checkpoint itself. */
    private record Shared(Path directory) implements Opened {
        @Override
        public void close() {
            // It belongs to everybody.
        }
    }

    /** Does to a committed checkpoint what a failing medium does: changes the bytes of its files. For tests. */
    public void damage(CheckpointId id) {
        Kept kept = kept(id).orElseThrow();
        try {
            for (Manifest.Entry entry : kept.manifest.files()) {
                Files.write(kept.directory.resolve(entry.path()), new byte[(int) entry.bytes()]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return kept(id).filter(kept -> Manifest.of(kept.directory).equals(kept.manifest))
                .isPresent();
    }

    private synchronized Optional<Kept> kept(CheckpointId id) {
        return Optional.ofNullable(checkpoints.get(id));
    }

    @Override
    public synchronized void discard(Collection<CheckpointId> ids) {
        for (CheckpointId id : ids) {
            Kept kept = pins.containsKey(id) ? null : checkpoints.remove(id);
            if (kept != null) {
                abandon(kept.directory);
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
        Set<Path> committed = checkpoints.values().stream().map(Kept::directory).collect(Collectors.toSet());
        try (Stream<Path> top = Files.list(files.getPath("/"))) {
            for (Path directory : top.filter(path -> isStagedByUs(path) && !committed.contains(path))
                    .toList()) {
                abandon(directory);
                deleted++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deleted;
    }

    /** Takes a committed checkpoint away, as somebody who tidies up may do. For tests. */
    public synchronized void remove(CheckpointId id) {
        Kept removed = checkpoints.remove(id);
        if (removed != null) {
            abandon(removed.directory);
        }
    }

    /** Returns how many directories are staged and neither committed nor abandoned. For tests. */
    public synchronized int staged() {
        try (Stream<Path> top = Files.list(files.getPath("/"))) {
            return (int) top.filter(InMemoryCheckpointStore::isStagedByUs).count() - checkpoints.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the memory back; nothing can be opened again. */
    public void free() {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
