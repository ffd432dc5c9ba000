package org.evolvent.trainer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.Manifest;

/** Checkpoints in directories on disk that nobody ever collects: enough for trainers in other processes. Thread-safe. */
public final class PlainCheckpoints implements CheckpointStore {
    private final Path root;
    private final AtomicLong staged = new AtomicLong();

    public PlainCheckpoints(Path root) {
        this.root = root;
    }

    @Override
    public Path stage() {
        try {
            return Files.createDirectories(root.resolve("staged-" + staged.getAndIncrement()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Stored commit(Path directory) {
        Manifest manifest;
        try {
            manifest = Manifest.of(directory);
        } catch (RuntimeException e) {
            abandon(directory);
            throw e;
        }
        Path target = root.resolve(manifest.id().digest());
        try {
            if (Files.exists(target)) {
                abandon(directory);
            } else {
                Files.move(directory, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Stored(manifest.id(), manifest.bytes());
    }

    @Override
    public void abandon(Path directory) {
        if (Files.notExists(directory)) {
            return;
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
    public void release(CheckpointId id) {
        // Nothing is collected, so nothing needs a pin.
    }

    @Override
    public Opened open(CheckpointId id) {
        if (!isIntact(id)) {
            throw new DamagedCheckpointException(id, "There is no checkpoint " + id);
        }
        return new Shared(files(id));
    }

    /** Returns where the files of a checkpoint are. */
    public Path files(CheckpointId id) {
        return root.resolve(id.digest());
    }

    private record Shared(Path directory) implements Opened {
        @Override
        public void close() {
            // It belongs to everybody.
        }
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return Files.exists(root.resolve(id.digest()));
    }

    @Override
    public void discard(Collection<CheckpointId> ids) {
        // They are kept for the test to look at.
    }

    @Override
    public int sweep(Set<CheckpointId> reachable) {
        return 0;
    }

    @Override
    public Set<CheckpointId> list() {
        if (!Files.exists(root)) {
            return Set.of(); // Nothing was staged yet.
        }
        try (Stream<Path> all = Files.list(root)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("staged-"))
                    .map(CheckpointId::new)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many directories are staged and neither committed nor abandoned. */
    public long stagedNow() {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(path -> path.getFileName().toString().startsWith("staged-"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
