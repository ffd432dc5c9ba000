package org.evolvent.runtime;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;

/**
 * Checkpoints by content. A checkpoint is an immutable directory; its name is the digest of a manifest that lists its files with size
 * and SHA-256. All methods throw {@link EvolventException} when the medium fails. Thread-safe.
 */
public interface CheckpointStore extends AutoCloseable {
    /**
     * From this size on, a checkpoint survives a loss of power as soon as it is committed, on the thread that commits it, and goes as soon
     * as nothing needs it. Smaller ones wait for {@link #harden} and for company.
     */
    long LARGE_BYTES = 1 << 16;

    /**
     * A checkpoint that was committed.
     *
     * @param id its name
     * @param bytes the size of its files
     */
    record Stored(CheckpointId id, long bytes) {}

    /**
     * Returns this store for trainers that run in this process. They may be given directories that others cannot see, where saving is
     * faster; everything else is the same, and both may be used side by side. It need not be closed.
     */
    default CheckpointStore forThisProcess() {
        return this;
    }

    /** Returns a fresh, empty directory for a trainer to save into. It must be {@linkplain #commit committed} or {@linkplain #abandon abandoned}. */
    Path stage();

    /**
     * Turns a staged directory into a checkpoint that survives the death of the process. It is pinned until {@link #release}: between
     * the commit and the event that names it, nothing may collect it. When it fails, the staged directory is gone.
     *
     * @throws EvolventException also when there is anything but regular files and directories, naming it
     */
    Stored commit(Path staged);

    /** Deletes a staged directory. */
    void abandon(Path staged);

    /** Takes back one pin of a {@link #commit}. */
    void release(CheckpointId id);

    /**
     * Returns the directory of a checkpoint, to be read and not to be changed.
     *
     * @throws EvolventException when it does not exist or its bytes are not those that were committed, naming the file
     */
    Path open(CheckpointId id);

    /** Returns whether a checkpoint exists and its bytes are those that were committed. */
    boolean isIntact(CheckpointId id);

    /** Makes checkpoints survive a loss of power. */
    void harden(Collection<CheckpointId> ids);

    /** Deletes checkpoints that are not pinned; names that do not exist are ignored. */
    void discard(Collection<CheckpointId> ids);

    /**
     * Deletes every checkpoint that is neither named nor pinned, and every staged directory; to be called while nothing is staged.
     *
     * @return the number of things deleted
     */
    int sweep(Set<CheckpointId> reachable);

    /** Returns the names of all checkpoints. */
    Set<CheckpointId> list();

    /** Releases the store. Closing twice does nothing. */
    @Override
    void close();
}
