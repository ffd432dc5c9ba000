package org.evolvent.runtime;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;

/**
 * Checkpoints by content. A checkpoint is an immutable directory; its name is the digest of a manifest that lists its files with size
 * and SHA-256. All methods throw {@link StorageException} when the medium is full, read-only or failing, and {@link EvolventException}
 * when the world fails otherwise. Thread-safe.
 */
public interface CheckpointStore extends AutoCloseable {
    /**
     * A checkpoint that was committed.
     *
     * @param id its name
     * @param bytes the size of its files
     */
    record Stored(CheckpointId id, long bytes) {}

    /** A checkpoint that is being read. */
    interface Opened extends AutoCloseable {
        /** Returns the directory with its files, to be read until {@link #close}. Whether it is a copy of one's own is the store's to decide. */
        Path directory();

        /** Gives the directory back. Closing twice does nothing. */
        @Override
        void close();
    }

    /** Returns a fresh, empty directory for a trainer to save into. It must be {@linkplain #commit committed} or {@linkplain #abandon abandoned}. */
    Path stage();

    /**
     * Turns a staged directory into a checkpoint that survives the death of the process, and the loss of power whenever a log that names it
     * does. It is pinned until {@link #release}: between the commit and the event that names it, nothing may collect it. When it fails, the
     * staged directory is gone.
     *
     * @throws InvalidCheckpointException when what was saved cannot be a checkpoint: there is anything but regular files and directories,
     *     or it changes while it is committed, naming it
     */
    Stored commit(Path staged);

    /**
     * Turns a staged directory into a checkpoint as {@link #commit(Path)}, without reading what is large: its bytes are compared with the
     * manifest by whoever opens it.
     *
     * @param told what is in there, by who saved it and made it survive the loss of power; a store may read for itself, as it does by default
     */
    default Stored commit(Path staged, Manifest told) {
        return commit(staged);
    }

    /** Returns whether it is dear to read here what was saved elsewhere, so that whoever saves should tell what is in there; false by default. */
    default boolean wantsManifests() {
        return false;
    }

    /** Deletes a staged directory, if it is still there. */
    void abandon(Path staged);

    /** Takes back one pin of a {@link #commit}. */
    void release(CheckpointId id);

    /**
     * Opens a checkpoint to read its files.
     *
     * @throws DamagedCheckpointException when it does not exist or its bytes are not those that were committed, naming the file
     */
    Opened open(CheckpointId id);

    /** Returns whether a checkpoint exists and its bytes are those that were committed. */
    boolean isIntact(CheckpointId id);

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
