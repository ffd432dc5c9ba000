package org.evolvent.store.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.InvalidCheckpointException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.disk.Failures;
import org.evolvent.store.internal.sqlite.CheckpointTable;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints on a local file system: small ones in a table beside the log, where there is one, and all others as directories. Both are
 * durable when a commit returns: a row as far as the log is, a directory in the face of a loss of power.
 *
 * <p>Thread-safe. One store at a time may write to a directory; any number may {@linkplain #read read} it.
 */
public final class FileCheckpointStore implements CheckpointStore {
    /** How long a file of another host may stay unseen here: as long as NFS keeps attributes of directories, and some. */
    private static final Duration LAG = Duration.ofSeconds(65);

    /** Up to this size whoever opens a checkpoint gets a copy, in some hundredths of a second; else the read-only directory itself. */
    static final long MOST_COPIED_BYTES = 64L << 20;

    private final Layout layout;
    private final Optional<CheckpointTable> table;
    private final List<String> troubles = new ArrayList<>();

    /** Null in a store that only reads. */
    private final @Nullable Staging staging;

    private final @Nullable Directories directories;

    /** Guarded by itself, and with it every discard: what somebody commits cannot be discarded. */
    private final Pins pins = new Pins();

    private final Object mending = new Object();

    private FileCheckpointStore(
            Layout layout,
            Optional<CheckpointTable> table,
            @Nullable Staging staging,
            @Nullable Directories directories) {
        this.layout = layout;
        this.table = table;
        this.staging = staging;
        this.directories = directories;
    }

    /**
     * Opens a store of directories only, and makes its directory if there is none.
     *
     * @param root the directory of all checkpoints
     * @throws EvolventException when it cannot be made or read
     */
    public static FileCheckpointStore open(Path root) {
        return open(root, Optional.empty());
    }

    /**
     * Opens a store, and makes its directory if there is none.
     *
     * @param root the directory of all large checkpoints
     * @param table where small ones are kept
     * @throws EvolventException when the directory cannot be made or read
     */
    public static FileCheckpointStore open(Path root, CheckpointTable table) {
        return open(root, Optional.of(table));
    }

    private static FileCheckpointStore open(Path root, Optional<CheckpointTable> table) {
        Layout layout = new Layout(root);
        try {
            Staging staging = Staging.open(layout.staging());
            return new FileCheckpointStore(layout, table, staging, new Directories(layout, staging));
        } catch (IOException e) {
            throw failed(root, "opened", e);
        }
    }

    /** Returns a store to look at, while somebody writes or nobody does; all that takes room or changes it throws {@link IllegalStateException}. */
    public static FileCheckpointStore read(Path root, CheckpointTable table) {
        return new FileCheckpointStore(new Layout(root), Optional.of(table), null, null);
    }

    @Override
    public Path stage() {
        try {
            return staging().directory();
        } catch (IOException e) {
            throw failed("staged into", e);
        }
    }

    @Override
    public boolean wantsManifests() {
        return layout.isRemote();
    }

    @Override
    public Stored commit(Path staged) {
        return commit(staged, Optional.empty());
    }

    @Override
    public Stored commit(Path staged, Manifest told) {
        return commit(staged, Optional.of(told));
    }

    private Stored commit(Path staged, Optional<Manifest> told) {
        try {
            Saved saved = Saved.of(staged, told, staging().path(), LAG);
            CheckpointId id = saved.manifest().id();
            pins.add(id);
            try {
                keep(id, staged, saved);
            } catch (IOException | RuntimeException e) {
                release(id);
                throw e;
            }
            return new Stored(id, saved.manifest().bytes());
        } catch (AccessDeniedException e) {
            throw e.getFile() != null && Path.of(e.getFile()).startsWith(staged)
                    ? Saved.forbidden(staged, e)
                    : failed("committed to", e);
        } catch (IOException | UncheckedIOException e) {
            throw failed("committed to", e);
        } finally {
            // The disk may be full: what did not become a checkpoint must not stay.
            staging().giveBack(staged);
        }
    }

    /**
     * Takes over a checkpoint of another store, pinned as by {@link #commit}. On one file system large files get second names: no copies.
     *
     * @throws DamagedCheckpointException when it does not exist there or its bytes are not those that were committed
     */
    public void adopt(FileCheckpointStore other, CheckpointId id) {
        pins.add(id);
        try {
            Optional<CheckpointTable.Row> row = other.row(id);
            if (table.isPresent() && row.isPresent()) {
                requireIntact(id, SmallFiles.damage(id, row.get()));
                table.get().put(id, row.get());
            } else if (row.isEmpty() && !directories().contains(id)) {
                Path files = other.layout.files(id);
                requireIntact(id, Inspection.damage(id, other.layout, files));
                Path linked = staging().path();
                Disk.linkTree(files, linked);
                directories().put(linked, Manifest.of(linked), false);
            }
        } catch (IOException e) {
            release(id);
            throw failed("copied from " + other.layout.root(), e);
        } catch (RuntimeException e) {
            release(id);
            throw e;
        }
    }

    private void keep(CheckpointId id, Path staged, Saved saved) throws IOException {
        if (table.isPresent() && saved.content().isPresent()) {
            table.get().put(id, SmallFiles.row(saved.manifest(), saved.content().get()));
        } else if (!directories().contains(id) || (!saved.told() && !isWhole(id))) {
            // Keeps the other one when another thread is faster with the same content.
            directories().put(staged, saved.manifest(), saved.told());
        }
    }

    /** Returns whether a checkpoint is as it was committed; one that is not makes room. One thread at a time looks and discards. */
    private boolean isWhole(CheckpointId id) throws IOException {
        synchronized (mending) {
            boolean isWhole = Inspection.damage(id, layout, layout.files(id)).isEmpty();
            if (!isWhole) {
                directories().remove(id).ifPresent(staging()::delete);
            }
            return isWhole;
        }
    }

    /** Not to be used again: somebody whom nobody can end, on another host, may stand in there. */
    @Override
    public void abandon(Path staged) {
        staging().delete(staged);
    }

    @Override
    public void release(CheckpointId id) {
        pins.release(id);
    }

    @Override
    public Opened open(CheckpointId id) {
        try {
            Optional<CheckpointTable.Row> row = row(id);
            if (row.isPresent()) {
                requireIntact(id, SmallFiles.damage(id, row.get()));
                return copy(directory -> SmallFiles.write(row.get(), directory));
            }
            return openDirectory(id, layout.files(id));
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private Opened openDirectory(CheckpointId id, Path files) throws IOException {
        try {
            if (Inspection.bytes(files) > MOST_COPIED_BYTES) {
                requireIntact(id, Inspection.damage(id, layout, files));
                return new Lent(files);
            }
            return copy(directory -> {
                Disk.copyTree(files, directory);
                requireIntact(id, Inspection.damage(id, layout, directory));
            });
        } catch (InvalidCheckpointException e) {
            throw damaged(id, Inspection.what(e));
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw damaged(id, Failures.describe(e));
        }
    }

    /**
     * Makes a directory with a checkpoint's files outside the store, on the same file system: a copy of small ones, which belongs to whoever
     * asks; read-only second names of large ones.
     *
     * @param target where nothing is
     * @throws DamagedCheckpointException when it does not exist or its bytes are not those that were committed, naming the file
     */
    public void export(CheckpointId id, Path target) {
        try (Opened opened = open(id)) {
            if (opened instanceof Copy) {
                Files.move(opened.directory(), target, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Disk.linkTree(opened.directory(), target);
            }
        } catch (IOException e) {
            throw failed("copied to " + target, e);
        }
    }

    private interface Filling {
        void fill(Path directory) throws IOException;
    }

    private Opened copy(Filling filling) throws IOException {
        Path directory = staging().directory();
        try {
            filling.fill(directory);
            return new Copy(directory, staging());
        } catch (IOException | RuntimeException e) {
            staging().giveBack(directory);
            throw e;
        }
    }

    private Optional<CheckpointTable.Row> row(CheckpointId id) {
        return table.flatMap(small -> small.get(id));
    }

    private void requireIntact(CheckpointId id, Optional<String> damage) {
        if (damage.isPresent()) {
            throw damaged(id, damage.get());
        }
    }

    private DamagedCheckpointException damaged(CheckpointId id, String damage) {
        return new DamagedCheckpointException(
                id, "Checkpoint %s in %s is damaged: %s".formatted(id, layout.root(), damage));
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return damage(id).isEmpty();
    }

    /**
     * Reads a checkpoint.
     *
     * @return what is wrong with it, in words, with the file's name; empty when it is there as it was committed
     */
    public Optional<String> damage(CheckpointId id) {
        try {
            Optional<CheckpointTable.Row> row = row(id);
            return row.isPresent() ? SmallFiles.damage(id, row.get()) : Inspection.damage(id, layout, layout.files(id));
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Returns whether the manifest of a directory is missing or damaged, in words. The checkpoint can do without. */
    public Optional<String> manifestDamage(CheckpointId id) {
        try {
            return row(id).isPresent() ? Optional.empty() : layout.manifestDamage(id);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void discard(Collection<CheckpointId> ids) {
        try {
            for (CheckpointId id : ids) {
                Optional<Path> trash;
                synchronized (pins) {
                    if (pins.contains(id)) {
                        continue;
                    }
                    table.ifPresent(small -> small.discard(id));
                    trash = directories().remove(id);
                }
                trash.ifPresent(staging()::delete);
            }
        } catch (IOException e) {
            throw failed("cleaned", e);
        }
    }

    /** What cannot be deleted is left for another time, and told by {@link #troubles}. */
    @Override
    public int sweep(Set<CheckpointId> reachable) {
        Set<CheckpointId> unreachable = new HashSet<>(list());
        unreachable.removeAll(reachable);
        try {
            discard(unreachable);
            table.ifPresent(CheckpointTable::flush);
            directories().removeWidowedManifests();
        } catch (IOException | EvolventException e) {
            troubles.add(Failures.describe(e));
        }
        unreachable.removeAll(list());
        return unreachable.size() + staging().sweepOwn(troubles) + staging().sweepOthers(troubles);
    }

    /** Returns what could not be cleaned so far, in words. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public Set<CheckpointId> list() {
        try {
            Set<CheckpointId> all = new HashSet<>(directories == null ? layout.checkpoints() : directories.list());
            table.ifPresent(small -> all.addAll(small.list()));
            return all;
        } catch (IOException e) {
            throw failed("listed", e);
        }
    }

    @Override
    public void close() {
        if (staging != null) {
            staging.close();
            table.ifPresent(CheckpointTable::flush);
        }
    }

    private Staging staging() {
        return writable(staging);
    }

    private Directories directories() {
        return writable(directories);
    }

    private <T> T writable(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("The checkpoints in %s were opened for looking".formatted(layout.root()));
        }
        return part;
    }

    private EvolventException failed(String verb, Exception cause) {
        return failed(layout.root(), verb, cause);
    }

    private static EvolventException failed(Path root, String verb, Exception cause) {
        return cause instanceof EvolventException known
                ? known
                : Failures.of("The checkpoints in %s cannot be %s".formatted(root, verb), cause);
    }
}
