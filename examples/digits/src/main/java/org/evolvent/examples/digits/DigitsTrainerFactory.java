package org.evolvent.examples.digits;

import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/**
 * Makes {@link DigitsTrainer}s that share one copy of the images. This is the class that {@code study.yaml} names.
 *
 * <p>PyTorch is told to use one thread for each operation: the study keeps the cores busy with members, and sums then have the same order
 * everywhere, so that the same seed gives the same bits.
 */
public final class DigitsTrainerFactory implements TrainerFactory {
    private final DigitsData data;

    /** Loads PyTorch and the images. */
    public DigitsTrainerFactory() {
        torch.set_num_threads(1);
        // The call above does not reach the library that multiplies the matrices.
        openblas.blas_set_num_threads(1);
        data = DigitsData.load();
    }

    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        return new DigitsTrainer(data, hyperparameters, seed);
    }
}
