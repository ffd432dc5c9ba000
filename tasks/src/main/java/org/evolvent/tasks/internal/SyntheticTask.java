package org.evolvent.tasks.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer.Outcome;

/**
 * A task that costs nothing to train and whose answer is known.
 *
 * @param name what people call it
 * @param space what is tuned
 * @param objective what is good; tasks whose evaluation is noisy, and such whose score does not compare members of unlike age, also report
 *     the metric {@value #TRUTH}
 * @param population the number of members of its protocol
 * @param steps the training steps of each member
 * @param intervalSteps the steps between two ready points
 * @param initial the first hyperparameters by the study's seed; those that are missing are drawn from the prior
 * @param optimum the best score that any schedule reaches; NaN where nobody knows. Where training is random, what luck adds is not in it
 * @param constant the best score that any constant hyperparameters reach; where training is random, the best mean of the best of a
 *     population that shares them; NaN where nobody knows
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

    /**
     * Returns what one member reaches that trains by a schedule and never copies.
     *
     * @param schedule the hyperparameters by the step that an interval begins with
     * @param seed of what is random in training
     */
    public double reached(LongFunction<Hyperparameters> schedule, long seed) {
        MemberId member = new MemberId(0);
        Optional<Object> weights = Optional.empty();
        Map<String, Double> metrics = Map.of();
        int interval = 0;
        for (long step = 0; step < steps; step += intervalSteps) {
            long length = StrictMath.min(intervalSteps, steps - step);
            Attempt attempt =
                    new Attempt(member, interval++, 0, step, length, schedule.apply(step), Optional.empty(), seed);
            Outcome outcome = trainer.train(attempt, weights);
            weights = Optional.of(outcome.weights());
            metrics = outcome.metrics();
        }
        Double truth = metrics.get(TRUTH);
        return truth == null ? objective.fitness(objective.scoreOf(metrics)) : truth;
    }

    /** Returns this task with another trainer: one that also takes notes, say. */
    public SyntheticTask withTrainer(SimulatedTrainer other) {
        return new SyntheticTask(
                name, space, objective, population, steps, intervalSteps, initial, optimum, constant, other);
    }

    /** Returns this task with another objective. */
    public SyntheticTask withObjective(Objective other) {
        return new SyntheticTask(
                name, space, other, population, steps, intervalSteps, initial, optimum, constant, trainer);
    }

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

    /** Returns a trainer that goes through this task's training at the pace of another budget: its last step is the task's last one. */
    public SimulatedTrainer stretchedTo(long budgetSteps) {
        double pace = (double) steps / budgetSteps;
        return (attempt, weights) -> {
            long from = StrictMath.round(attempt.stepFrom() * pace);
            long to = StrictMath.round(attempt.stepTo() * pace);
            return trainer.train(
                    new Attempt(
                            attempt.member(),
                            attempt.interval(),
                            attempt.number(),
                            from,
                            to - from,
                            attempt.hyperparameters(),
                            attempt.parent(),
                            attempt.seed(),
                            attempt.reseed(),
                            attempt.time()),
                    weights);
        };
    }
}
