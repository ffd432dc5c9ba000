package org.evolvent.examples.arcade;

import org.evolvent.core.space.Hyperparameters;

/**
 * How PPO learns: what a study tunes.
 *
 * @param learningRate of Adam, above 0
 * @param entropy how much the policy's entropy counts, from 0
 * @param clip how far the ratio of new to old probability may be from 1 before it counts no more, above 0
 * @param discount how much a reward counts one step later, in [0, 1)
 * @param lambda how far advantages look ahead, in [0, 1] (generalised advantage estimation, Schulman et al. 2016)
 * @param unroll steps that each player plays between two updates, at least 1; cannot change
 */
record Settings(double learningRate, double entropy, double clip, double discount, double lambda, int unroll) {
    static Settings of(Hyperparameters hyperparameters) {
        return new Settings(
                hyperparameters.real("learning_rate"),
                hyperparameters.real("entropy"),
                hyperparameters.real("clip"),
                hyperparameters.real("discount"),
                hyperparameters.real("gae_lambda"),
                hyperparameters.integer("unroll"));
    }
}
