package org.evolvent.bench;

import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** Makes trainers that train nothing, for study files. */
public final class NoOpFactory implements TrainerFactory {
    /** The size of a checkpoint. */
    static final int CHECKPOINT_BYTES = 100;

    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        return new NoOp(hyperparameters, CHECKPOINT_BYTES);
    }
}
