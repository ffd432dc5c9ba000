package org.evolvent.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private final Set<CheckpointId> hardened = new HashSet<>();

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
        FileCheckpointStore store = new FileCheckpointStore(root, true);
        try {
            Files.createDirectories(store.layout.staging());
            for (CheckpointId id : store.layout.checkpoints()) {
                Optional<Manifest> manifest = store.layout.readManifest(id);
                store.index.add(id, manifest.isPresent() ? manifest.get() : store.layout.mendManifest(id));
            }
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
            Path directory = fresh();
            while (Files.exists(directory)) {
                // Left behind by a killed process; the next sweep takes it.
                directory = fresh();
            }
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
            Manifest manifest = Manifest.of(directory);
            CheckpointId id = manifest.id();
            long bytes = manifest.bytes();
            if (pinExisting(id)) {
                spares.giveDirectory(directory);
                return new Stored(id, bytes);
            }
            linkTwins(directory, manifest);
            Path text = spares.manifest().orElseGet(this::fresh);
            Disk.overwrite(text, manifest.text());
            boolean large = bytes >= LARGE_BYTES;
            if (large) {
                Disk.forceTree(directory);
                Disk.force(text);
            }
            if (!place(directory, text, id, manifest)) {
                spares.giveDirectory(directory);
                spares.giveManifest(text);
            } else if (large) {
                Disk.forceNames(layout.root());
                synchronized (lock) {
                    hardened.add(id);
                }
            }
            return new Stored(id, bytes);
        } catch (IOException | RuntimeException e) {
            EvolventException failure = e instanceof EvolventException known ? known : failed("committed to", e);
            try {
                // The disk may be full: what did not become a checkpoint must not stay until the next sweep.
                Disk.deleteTree(directory);
            } catch (IOException suppressed) {
                failure.addSuppressed(suppressed);
            }
            throw failure;
        }
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
                if (linkTwin(entry, link)) {
                    Files.move(link, directory.resolve(entry.path()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private boolean linkTwin(Manifest.Entry entry, Path link) {
        synchronized (lock) {
            Optional<ContentIndex.Place> twin = index.twin(entry);
            if (twin.isEmpty()) {
                return false;
            }
            try {
                Path file =
                        layout.files(twin.get().checkpoint()).resolve(twin.get().path());
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
    public Path open(CheckpointId id) {
        Path files = layout.files(id);
        if (!Files.isDirectory(files)) {
            throw new EvolventException("There is no checkpoint %s in %s".formatted(id, layout.root()));
        }
        try {
            Manifest found = Manifest.of(files);
            if (!found.id().equals(id)) {
                String damage = layout.readManifest(id)
                        .map(committed -> committed.differenceTo(found))
                        .orElse("its manifest is damaged too, so nobody knows which file is");
                throw new EvolventException("Checkpoint %s in %s is damaged: %s".formatted(id, layout.root(), damage));
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw failed("read", e);
        }
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        try {
            Path files = layout.files(id);
            // Whoever opens the store for writing mends a lost manifest, so it was taken away since.
            return Files.isRegularFile(layout.manifest(id))
                    && Files.isDirectory(files)
                    && Manifest.of(files).id().equals(id);
        } catch (EvolventException | UncheckedIOException e) {
            // Something that is no file, or bytes that cannot be read: not what was committed.
            return false;
        }
    }

    @Override
    public void harden(Collection<CheckpointId> ids) {
        requireWritable();
        List<CheckpointId> done = new ArrayList<>();
        try {
            for (CheckpointId id : ids) {
                if (needsHardening(id) && force(id)) {
                    done.add(id);
                }
            }
            if (!done.isEmpty()) {
                Disk.forceNames(layout.root());
            }
        } catch (IOException e) {
            throw failed("forced to the device", e);
        }
        synchronized (lock) {
            done.stream().filter(index::contains).forEach(hardened::add);
        }
    }

    private boolean needsHardening(CheckpointId id) {
        synchronized (lock) {
            return index.contains(id) && !hardened.contains(id);
        }
    }

    private boolean force(CheckpointId id) throws IOException {
        try {
            Disk.forceTree(layout.files(id));
            Disk.force(layout.manifest(id));
            return true;
        } catch (IOException e) {
            synchronized (lock) {
                if (!index.contains(id)) {
                    // Discarded meanwhile, so nobody needs it any more.
                    return false;
                }
            }
            throw e;
        }
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
        Path manifest;
        synchronized (lock) {
            if (pins.containsKey(id) || !index.contains(id)) {
                return false;
            }
            files = fresh();
            manifest = fresh();
            Files.move(layout.files(id), files, StandardCopyOption.ATOMIC_MOVE);
            index.remove(id);
            hardened.remove(id);
            if (Files.exists(layout.manifest(id))) {
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

    private EvolventException failed(String verb, Exception cause) {
        return new EvolventException(
                "The checkpoints in %s cannot be %s: %s\nMaybe the disk is full, or the directory cannot be written to?"
                        .formatted(layout.root(), verb, cause.getMessage()),
                cause);
    }
}
