package org.evolvent.runtime;

import org.evolvent.core.population.CheckpointId;

/** A checkpoint is missing, or its bytes are not those that were committed. Whoever needs it has to do without. */
public final class DamagedCheckpointException extends EvolventException {
    private final CheckpointId checkpoint;

    /** Creates one with a message for people, which names the checkpoint and, where it is known, the file. */
    public DamagedCheckpointException(CheckpointId checkpoint, String message) {
        super(message);
        this.checkpoint = checkpoint;
    }

    /** Returns which checkpoint it is. */
    public CheckpointId checkpoint() {
        return checkpoint;
    }
}
