package org.evolvent.tasks;

import java.util.List;
import java.util.function.LongFunction;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.runtime.simulated.SimulatedTrainer;

/**
 * A task that costs nothing to train and whose answer is known.
 *
 * @param name what people call it
 * @param space what is tuned
 * @param objective what is good; tasks whose evaluation is noisy also report the metric {@value #TRUTH}
 * @param population the number of members of its protocol
 * @param steps the training steps of each member
 * @param intervalSteps the steps between two ready points
 * @param initial the first hyperparameters by the study's seed; those that are missing are drawn from the prior
 * @param optimum the best score that any schedule reaches; NaN where nobody knows
 * @param constant the best score that any constant hyperparameters reach; NaN where nobody knows
 * @param trainer trains it
 */
public record SyntheticTask(
        String name,
        SearchSpace space,
        Objective objective,
        int population,
        long steps,
        long intervalSteps,
        LongFunction<List<Hyperparameters>> initial,
        double optimum,
        double constant,
        SimulatedTrainer trainer) {
    /** The metric that holds the score without the noise of its evaluation. */
    public static final String TRUTH = "truth";

    /** Returns this task with another number of members. */
    public SyntheticTask withPopulation(int members) {
        return new SyntheticTask(
                name, space, objective, members, steps, intervalSteps, initial, optimum, constant, trainer);
    }

    /** Returns this task with another distance of ready points. */
    public SyntheticTask withIntervalSteps(long interval) {
        return new SyntheticTask(
                name, space, objective, population, steps, interval, initial, optimum, constant, trainer);
    }
}
