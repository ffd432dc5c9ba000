package org.evolvent.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.disk.Disk;

/**
 * Checkpoints in a directory of a local file system. A commit reads every file once, for its digest, and copies none: the staged
 * directory gets its name by a rename. A file whose content another checkpoint has already becomes a second name of it (a hard link)
 * where the file system can do that.
 *
 * <p>Thread-safe. One store at a time may write to a directory; any number may {@linkplain #read read} it.
 */
public final class FileCheckpointStore implements CheckpointStore {
    private final Layout layout;
    private final boolean writable;
    private final AtomicLong staged = new AtomicLong();
    private final Spares spares = new Spares();

    /** Guards what follows, and with it every rename into and out of the place of a checkpoint. */
    private final Object lock = new Object();

    private final ContentIndex index = new ContentIndex();
    private final Map<CheckpointId, Integer> pins = new HashMap<>();

    private FileCheckpointStore(Path root, boolean writable) {
        this.layout = new Layout(root);
        this.writable = writable;
    }

    /**
     * Opens a store, and makes its directory if there is none.
     *
     * @param root the directory of all checkpoints
     * @throws EvolventException when it cannot be made or read
     */
    public static FileCheckpointStore open(Path root) {
        return open(new FileCheckpointStore(root, true));
    }

    private static FileCheckpointStore open(FileCheckpointStore store) {
        try {
            Files.createDirectories(store.layout.staging());
            store.index.read(store.layout);
            return store;
        } catch (IOException e) {
            throw store.failed("opened", e);
        }
    }

    /** Returns a store to read from, while somebody writes or nobody does; all that would change it throws {@link IllegalStateException}. */
    public static FileCheckpointStore read(Path root) {
        return new FileCheckpointStore(root, false);
    }

    @Override
    public Path stage() {
        requireWritable();
        Optional<Path> spare = spares.directory();
        if (spare.isPresent()) {
            return spare.get();
        }
        try {
            Path directory;
            do {
                directory = fresh();
            } while (Files.exists(directory)); // Left behind by a killed process; the next sweep takes it.
            return Files.createDirectory(directory);
        } catch (IOException e) {
            throw failed("staged into", e);
        }
    }

    private Path fresh() {
        return layout.staging().resolve(Long.toString(staged.getAndIncrement()));
    }

    @Override
    public Stored commit(Path directory) {
        requireWritable();
        try {
            return commit(directory, Manifest.of(directory));
        } catch (IOException | RuntimeException e) {
            throw failedToCommit(directory, e);
        }
    }

    private EvolventException failedToCommit(Path directory, Exception cause) {
        EvolventException failure = cause instanceof EvolventException known ? known : failed("committed to", cause);
        try {
            // The disk may be full: what did not become a checkpoint must not stay until the next sweep.
            Disk.deleteTree(directory);
        } catch (IOException suppressed) {
            failure.addSuppressed(suppressed);
        }
        return failure;
    }

    private Stored commit(Path directory, Manifest manifest) throws IOException {
        CheckpointId id = manifest.id();
        long bytes = manifest.bytes();
        if (pinExisting(id)) {
            spares.giveDirectory(directory);
            return new Stored(id, bytes);
        }
        linkTwins(directory, manifest);
        Path text = spares.manifest().orElseGet(this::fresh);
        Disk.overwrite(text, manifest.text().getBytes(StandardCharsets.UTF_8));
        Disk.forceTree(directory);
        Disk.force(text);
        if (!place(directory, text, id, manifest)) {
            spares.giveDirectory(directory);
            spares.giveManifest(text);
        } else {
            Disk.forceNames(layout.root());
        }
        return new Stored(id, bytes);
    }

    private boolean pinExisting(CheckpointId id) {
        synchronized (lock) {
            boolean exists = index.contains(id);
            if (exists) {
                pins.merge(id, 1, Integer::sum);
            }
            return exists;
        }
    }

    /** Replaces staged files by second names of files with the same content. Once it has the second name, it does not matter who loses the first. */
    private void linkTwins(Path directory, Manifest manifest) throws IOException {
        for (Manifest.Entry entry : manifest.files()) {
            if (entry.bytes() >= ContentIndex.LEAST_BYTES) {
                Path link = fresh();
                boolean linked;
                synchronized (lock) {
                    linked = index.linkTwin(entry, layout, link);
                }
                if (linked) {
                    Files.move(link, directory.resolve(entry.path()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Gives a staged directory its name, unless somebody else was faster with the same content. */
    private boolean place(Path directory, Path text, CheckpointId id, Manifest manifest) throws IOException {
        synchronized (lock) {
            if (!pinExisting(id)) {
                Files.move(
                        text, layout.manifest(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Files.move(directory, layout.files(id), StandardCopyOption.ATOMIC_MOVE);
                index.add(id, manifest);
                pins.merge(id, 1, Integer::sum);
                return true;
            }
            return false;
        }
    }

    @Override
    public void abandon(Path directory) {
        requireWritable();
        try {
            Disk.deleteTree(directory);
        } catch (IOException e) {
            throw failed("cleaned", e);
        }
    }

    @Override
    public void release(CheckpointId id) {
        synchronized (lock) {
            pins.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public Opened open(CheckpointId id) {
        try {
            return new Committed(layout.verified(id));
        } catch (IOException | UncheckedIOException e) {
            throw failed("read", e);
        }
    }

    /** The checkpoint itself. */
    private record Committed(Path directory) implements Opened {
        @Override
        public void close() {
            // It belongs to everybody.
        }
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return layout.isIntact(id);
    }

    @Override
    public void discard(Collection<CheckpointId> ids) {
        requireWritable();
        try {
            for (CheckpointId id : ids) {
                remove(id);
            }
        } catch (IOException e) {
            throw failed("cleaned", e);
        }
    }

    /** Takes the name away first: a crash leaves no half of a checkpoint under its name. */
    private boolean remove(CheckpointId id) throws IOException {
        Path files;
        synchronized (lock) {
            if (pins.containsKey(id) || !index.contains(id)) {
                return false;
            }
            files = fresh();
            Files.move(layout.files(id), files, StandardCopyOption.ATOMIC_MOVE);
            index.remove(id);
            if (Files.exists(layout.manifest(id))) {
                Path manifest = fresh();
                Files.move(layout.manifest(id), manifest, StandardCopyOption.ATOMIC_MOVE);
                spares.giveManifest(manifest);
            }
        }
        spares.giveDirectory(files);
        return true;
    }

    @Override
    public int sweep(Set<CheckpointId> reachable) {
        requireWritable();
        int deleted = 0;
        try {
            for (CheckpointId id : list()) {
                if (!reachable.contains(id) && remove(id)) {
                    deleted++;
                }
            }
            spares.clear();
            for (String name : Layout.names(layout.staging())) {
                Path stray = layout.staging().resolve(name);
                deleted += Spares.isSpare(stray) ? 0 : 1;
                Disk.deleteTree(stray);
            }
            for (Path manifest : layout.widowedManifests()) {
                Files.deleteIfExists(manifest);
            }
            return deleted;
        } catch (IOException e) {
            throw failed("cleaned", e);
        }
    }

    @Override
    public Set<CheckpointId> list() {
        if (writable) {
            synchronized (lock) {
                return index.checkpoints();
            }
        }
        try {
            return layout.checkpoints();
        } catch (IOException e) {
            throw failed("listed", e);
        }
    }

    @Override
    public void close() {
        try {
            spares.clear();
        } catch (IOException e) {
            throw failed("cleaned", e);
        }
    }

    private void requireWritable() {
        if (!writable) {
            throw new IllegalStateException("The checkpoints in %s were opened for reading".formatted(layout.root()));
        }
    }

    EvolventException failed(String verb, Exception cause) {
        return new EvolventException(
                "The checkpoints in %s cannot be %s: %s\nMaybe the disk is full, or the directory cannot be written to?"
                        .formatted(layout.root(), verb, cause.getMessage()),
                cause);
    }
}
