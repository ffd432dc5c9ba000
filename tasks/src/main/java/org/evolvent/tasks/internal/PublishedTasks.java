package org.evolvent.tasks.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer.Outcome;

/** Tasks that others have published, with their protocols. */
public final class PublishedTasks {
    private static final Objective SCORE = new Objective("score", Goal.MAXIMIZE);

    private PublishedTasks() {}

    /**
     * The toy of figure 2 (Jaderberg et al. 2017, section 2): two weights, two members, learning rate 0.02, 200 steps, interval 4.
     *
     * <p>Either member trains one of the two weights only and so stays at 0.39; a grid search of the two ends there. Copying weights alone
     * makes the two take turns and reaches 1.1995; exploring alone wanders; PBT does both. A constant h of 1 and 1 would do, but nobody
     * begins there. Weights only are copied: with h, both members would soon be the same.
     */
    public static SyntheticTask figure2() {
        return figure2(0.02, 4);
    }

    /**
     * Returns the toy of figure 2 under other protocols, which the paper does not state.
     *
     * @param rate the learning rate
     * @param intervalSteps the steps between two ready points
     */
    public static SyntheticTask figure2(double rate, long intervalSteps) {
        record Weights(double w0, double w1) {}
        SearchSpace space = new SearchSpace(List.of(real("h0", 0, 10), real("h1", 0, 10)));
        return new SyntheticTask(
                "figure-2",
                space,
                SCORE,
                2,
                200,
                intervalSteps,
                seed -> List.of(h("h0", 1, "h1", 0), h("h0", 0, "h1", 1)),
                1.2,
                1.2,
                (attempt, start) -> {
                    Weights weights = (Weights) start.orElse(new Weights(0.9, 0.9));
                    double shrink0 = 1 - 2 * rate * attempt.hyperparameters().real("h0");
                    double shrink1 = 1 - 2 * rate * attempt.hyperparameters().real("h1");
                    double w0 = weights.w0() * StrictMath.pow(shrink0, attempt.steps());
                    double w1 = weights.w1() * StrictMath.pow(shrink1, attempt.steps());
                    return scored(new Weights(w0, w1), 1.2 - w0 * w0 - w1 * w1);
                });
    }

    /**
     * The plain toy of PBT-Zoo (Chebykin et al. 2025): the lower h the faster, from the first step on, so that the constant 10^-4 is the
     * optimum. 22 members that begin near 1. Every selection finds it; random search stays near 1.
     */
    public static SyntheticTask plain() {
        return zoo("plain", false, 1.199732, 1.199732);
    }

    /**
     * The deceptive toy of PBT-Zoo (Chebykin et al. 2025): a lower h is faster for a while, but every departure from a line that falls
     * from 1 to 0 slows down all that follows. The best constant, 0.72, reaches 1.097, and the constant 1 reaches 0.955. The line reaches
     * 1.1979; only in the last 80 steps, which have little to come, is it better to drop.
     *
     * <p>Whoever is greedy ends below the constant 1: PBT must lose here. Strategies that look further (FIRE, sub-populations that are
     * selected rarely) should be above the best constant.
     *
     * <p>PBT-Zoo also writes the h after an exploit into the last entry of the history that it is judged by, which a trainer of ours does
     * not hear of.
     */
    public static SyntheticTask deceptive() {
        return zoo("deceptive", true, 1.197943, 1.097024);
    }

    private static SyntheticTask zoo(String name, boolean deceptive, double optimum, double constant) {
        record Weights(double weight, double penalty) {}
        SearchSpace space = new SearchSpace(List.of(new Parameter("h", new Reals(1e-4, 1.1, Scale.LOG), false)));
        return new SyntheticTask(
                name,
                space,
                SCORE,
                22,
                1000,
                20,
                seed -> IntStream.range(0, 22)
                        .mapToObj(i -> h("h", new RandomStream(Randomness.mix(seed * 31 + i)).uniform(0.9, 1.1)))
                        .toList(),
                optimum,
                constant,
                (attempt, start) -> {
                    Weights weights = (Weights) start.orElse(new Weights(0.9, 0));
                    double h = attempt.hyperparameters().real("h");
                    double weight = weights.weight();
                    double penalty = weights.penalty();
                    for (long step = attempt.stepFrom(); step < attempt.stepTo(); step++) {
                        // One entry of the history of h for every 20 steps, however long the intervals are.
                        if (deceptive && step % 20 == 0) {
                            penalty += 0.2 * StrictMath.abs(h - (1000 - step) / 1000.0);
                        }
                        weight *= 1 - 0.002 * StrictMath.max(2 - h - penalty, 0);
                    }
                    return scored(new Weights(weight, penalty), 1.2 - weight * weight);
                });
    }

    /**
     * The triangle wave of Ray, Katib and Syne Tune: the best learning rate rises with the accuracy to 50 and falls again to 100; too high
     * a rate destroys. Noise of standard deviation 2 at every step. 200 steps, interval 4, 8 members.
     *
     * <p>The noise is in the accuracy itself, not in how it is measured, so that luck is progress: 200 steps alone spread by 28. The best of
     * 8 members that share the best constant, 0.0035, reaches 88 on average, and the best of 8 that always train at the right rate 143.
     * Copying the lucky goes beyond: strategies that copy weights pass 143, the more the more they copy (a tournament replaces half of the
     * population, a fraction of 0.2 one member of 8), and what exploring adds is small, since any rate within a factor of 3 will do.
     */
    public static SyntheticTask triangle() {
        SearchSpace space = new SearchSpace(List.of(new Parameter("lr", new Reals(1e-4, 2e-2, Scale.LOG), false)));
        return new SyntheticTask(
                "triangle", space, SCORE, 8, 200, 4, seed -> List.of(), 143, 88, PublishedTasks::triangle);
    }

    /** Returns the rate that is best at an accuracy. */
    static double bestTriangleRate(double accuracy) {
        double wave = accuracy < 50 ? 0.01 * accuracy / 50 : 0.01 - 0.01 * (accuracy - 50) / 50;
        return StrictMath.max(0.001, StrictMath.min(0.01, wave));
    }

    private static Outcome triangle(Attempt attempt, Optional<Object> start) {
        double rate = attempt.hyperparameters().real("lr");
        double reached = triangle((Double) start.orElse(0.0), attempt.steps(), accuracy -> rate, random(attempt));
        return scored(reached, reached);
    }

    /** Returns the accuracy after some steps at a rate that may depend on it. */
    static double triangle(double from, long steps, DoubleUnaryOperator rates, RandomStream random) {
        double accuracy = from;
        for (long step = 0; step < steps; step++) {
            double rate = rates.applyAsDouble(accuracy);
            double best = bestTriangleRate(accuracy);
            double error = StrictMath.max(rate, best) / StrictMath.min(rate, best);
            if (error < 3) {
                accuracy += random.uniform() / error;
            } else if (rate > best) {
                accuracy -= (error - 3) * random.uniform();
            }
            accuracy = StrictMath.max(0, accuracy + 2 * random.gaussian());
        }
        return accuracy;
    }

    /** Returns the randomness of an attempt: the same for a retry. */
    public static RandomStream random(Attempt attempt) {
        return new RandomStream(Randomness.mix(attempt.seed() ^ Randomness.mix(attempt.interval())));
    }

    /** Returns weights with a score. */
    public static Outcome scored(Object weights, double score) {
        return new Outcome(weights, Map.of("score", score), List.of());
    }

    static Parameter real(String name, double low, double high) {
        return new Parameter(name, new Reals(low, high, Scale.LINEAR), false);
    }

    private static Hyperparameters h(String name, double value) {
        return Hyperparameters.of(Map.of(name, new Value.Real(value)));
    }

    private static Hyperparameters h(String first, double a, String second, double b) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put(first, new Value.Real(a));
        values.put(second, new Value.Real(b));
        return Hyperparameters.of(values);
    }
}
