package org.evolvent.examples.digits;

import org.evolvent.core.space.Hyperparameters;

/**
 * How one step of training goes: the hyperparameters of this example.
 *
 * @param learningRate the length of a step, above 0
 * @param momentum the share of the last step that goes into the next one, in [0, 1)
 * @param weightDecay the strength of the pull towards zero, from 0
 * @param inputDropout the share of pixels that are left out of a step, in [0, 1)
 * @param dropout the share of hidden units that are left out of a step, in [0, 1)
 * @param batchSize the images that a step looks at, at least 1
 */
record Update(
        double learningRate, double momentum, double weightDecay, double inputDropout, double dropout, int batchSize) {
    static Update of(Hyperparameters hyperparameters) {
        return new Update(
                hyperparameters.real("learning_rate"),
                hyperparameters.real("momentum"),
                hyperparameters.real("weight_decay"),
                hyperparameters.real("input_dropout"),
                hyperparameters.real("dropout"),
                hyperparameters.integer("batch_size"));
    }
}
