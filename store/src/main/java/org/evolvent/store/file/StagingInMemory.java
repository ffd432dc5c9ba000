package org.evolvent.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.store.disk.Disk;

/**
 * A file checkpoint store whose trainers save into memory as long as their checkpoints are small; a commit writes them over files of
 * discarded ones. So a small checkpoint neither makes nor deletes a file on the disk. The first checkpoint tells the size, and after a
 * large one, or one that was abandoned, maybe for want of memory, trainers save on the disk for good. Thread-safe.
 */
final class StagingInMemory implements CheckpointStore {
    private enum Size {
        UNKNOWN,
        SMALL,
        LARGE
    }

    private final FileCheckpointStore store;
    private final Scratch scratch;
    private Size expected = Size.UNKNOWN;

    StagingInMemory(FileCheckpointStore store, Scratch scratch) {
        this.store = store;
        this.scratch = scratch;
    }

    private synchronized boolean expectsSmall() {
        return expected == Size.SMALL;
    }

    private synchronized void learn(boolean small) {
        if (expected != Size.LARGE) {
            expected = small ? Size.SMALL : Size.LARGE;
        }
    }

    @Override
    public CheckpointStore forThisProcess() {
        return this;
    }

    @Override
    public Path stage() {
        if (!expectsSmall()) {
            return store.stage();
        }
        try {
            return scratch.take();
        } catch (IOException e) {
            learn(false);
            return store.stage();
        }
    }

    @Override
    public Stored commit(Path staged) {
        Stored stored;
        if (scratch.owns(staged)) {
            try {
                stored = store.commitCopy(staged);
            } finally {
                clean(staged);
            }
        } else {
            stored = store.commit(staged);
        }
        learn(stored.bytes() < LARGE_BYTES);
        return stored;
    }

    private void clean(Path staged) {
        try {
            scratch.giveBack(staged);
        } catch (IOException e) {
            throw store.failed("cleaned", e);
        }
    }

    @Override
    public void abandon(Path staged) {
        if (scratch.owns(staged)) {
            learn(false);
            try {
                Disk.deleteTree(staged);
            } catch (IOException e) {
                throw store.failed("cleaned", e);
            }
        } else {
            store.abandon(staged);
        }
    }

    @Override
    public void release(CheckpointId id) {
        store.release(id);
    }

    @Override
    public Path open(CheckpointId id) {
        return store.open(id);
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return store.isIntact(id);
    }

    @Override
    public void harden(Collection<CheckpointId> ids) {
        store.harden(ids);
    }

    @Override
    public void discard(Collection<CheckpointId> ids) {
        store.discard(ids);
    }

    @Override
    public int sweep(Set<CheckpointId> reachable) {
        return store.sweep(reachable);
    }

    @Override
    public Set<CheckpointId> list() {
        return store.list();
    }

    /** Deletes what is staged in memory; returns how many directories had something in them. */
    int sweepMemory() throws IOException {
        return scratch.sweep();
    }

    /** Gives the memory back. */
    void closeMemory() throws IOException {
        scratch.close();
    }

    @Override
    public void close() {
        store.close();
    }
}
