package org.evolvent.trainer;

import org.evolvent.core.space.Hyperparameters;

/**
 * Makes trainers. A study file names a class that implements this and has a public constructor without parameters; several threads may
 * call {@link #create} at the same time.
 */
@FunctionalInterface
public interface TrainerFactory {
    /**
     * Returns a trainer with fresh weights.
     *
     * @param hyperparameters a value for every parameter of the search space
     * @param seed for the initial weights, the order of the data and all else that is random; the same for a member throughout the study
     * @throws Exception when it cannot be made; the attempt fails
     */
    Trainer create(Hyperparameters hyperparameters, long seed) throws Exception;
}
