package org.evolvent.examples.gan;

import org.evolvent.core.space.Hyperparameters;

/**
 * How the two networks learn: what a study tunes.
 *
 * @param generatorLearningRate of the generator's Adam, above 0
 * @param discriminatorLearningRate of the discriminator's Adam, above 0
 * @param generatorBeta1 how slowly the mean of the generator's gradients follows, in [0, 1)
 * @param discriminatorBeta1 how slowly the mean of the discriminator's gradients follows, in [0, 1)
 * @param discriminatorSteps steps of the discriminator for each of the generator, at least 1
 */
record Settings(
        double generatorLearningRate,
        double discriminatorLearningRate,
        double generatorBeta1,
        double discriminatorBeta1,
        int discriminatorSteps) {
    static Settings of(Hyperparameters hyperparameters) {
        return new Settings(
                hyperparameters.real("generator_learning_rate"),
                hyperparameters.real("discriminator_learning_rate"),
                hyperparameters.real("generator_beta1"),
                hyperparameters.real("discriminator_beta1"),
                hyperparameters.integer("discriminator_steps"));
    }
}
