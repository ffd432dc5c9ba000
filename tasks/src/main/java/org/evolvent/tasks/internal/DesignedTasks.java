package org.evolvent.tasks.internal;

import static org.evolvent.tasks.internal.PublishedTasks.real;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer.Outcome;

/**
 * Tasks of our own. In nearly all the score is the mean over the training steps of a rate of learning in [0, 1] that depends on the
 * hyperparameters and on how far training has come, so that 1 is the optimum of a schedule that is always right.
 */
public final class DesignedTasks {
    private static final Objective SCORE = new Objective("score", Goal.MAXIMIZE);
    private static final long STEPS = 400;

    /** The largest hypervolume of 16 points on a quarter circle of radius 1. */
    public static final double BEST_OF_16 = 0.7625;

    /** How fast a member learns. */
    private interface Rate {
        /** Returns a number from 0 to 1; progress runs from 0 to 1. */
        double at(Hyperparameters hyperparameters, double progress);
    }

    private DesignedTasks() {}

    /**
     * Three continuous hyperparameters whose best values wander slowly: what a model of the rewards should be good at. PB2 should beat PBT,
     * above all with few members. The best constant is the middle of the way, which is right for half of the time: sqrt(pi)/2 erf(1) =
     * 0.7468.
     */
    public static SyntheticTask smooth() {
        SearchSpace space = new SearchSpace(List.of(real("x", 0, 1), real("y", 0, 1), real("z", 0, 1)));
        return learned(
                "smooth",
                space,
                4,
                0.7468,
                (h, progress) -> hill(h.real("x") - 0.3 - 0.4 * progress)
                        * hill(h.real("y") - 0.8 + 0.4 * progress)
                        * hill(h.real("z") - 0.5));
    }

    /**
     * Two continuous hyperparameters and six categories, one of which learns three times as fast as the others. PBT draws categories blindly;
     * PB2-Mix and PB2-Mult learn which one it is. The best constant is sqrt(pi/2) erf(1/sqrt(2)) = 0.8556.
     */
    public static SyntheticTask mixed() {
        List<Value> kinds =
                Stream.of("a", "b", "c", "d", "e", "f").map(Value::of).toList();
        SearchSpace space = new SearchSpace(
                List.of(real("x", 0, 1), real("y", 0, 1), new Parameter("kind", new Choice(kinds, false), false)));
        return learned(
                "mixed",
                space,
                4,
                0.8556,
                (h, progress) -> (h.text("kind").equals("d") ? 1 : 0.33)
                        * hill(h.real("x") - 0.3 - 0.4 * progress)
                        * hill(h.real("y") - 0.7));
    }

    /**
     * Three unordered choices of eight values, of which one each learns three times as fast as the others. Who draws all of them anew at
     * every copy loses again what was found: 8 members reach 0.29 by perturbing and twice as much when choices mostly stay. The best
     * constant is all of it.
     */
    public static SyntheticTask choices() {
        List<Value> kinds =
                Stream.of("a", "b", "c", "d", "e", "f", "g", "h").map(Value::of).toList();
        List<String> names = List.of("first", "second", "third");
        SearchSpace space = new SearchSpace(names.stream()
                .map(name -> Parameter.of(name, new Choice(kinds, false)))
                .toList());
        return learned("choices", space, 8, 1, (h, progress) -> {
            double rate = 1;
            for (String name : names) {
                rate *= h.text(name).equals("d") ? 1 : 0.33;
            }
            return rate;
        });
    }

    /**
     * Two continuous hyperparameters, each with a wide hill that learns half as fast as the top of a narrow one, far from it. Small steps
     * climb the wide one and stay; who also draws anew finds the other. The best constant is all of it.
     */
    public static SyntheticTask twoHills() {
        SearchSpace space = SearchSpace.of(real("x", 0, 1), real("y", 0, 1));
        return learned("two-hills", space, 8, 1, (h, progress) -> {
            double rate = 1;
            for (String name : List.of("x", "y")) {
                double narrow = (h.real(name) - 0.9) / 0.08;
                rate *= StrictMath.max(0.5 * hill(h.real(name) - 0.2), StrictMath.exp(-narrow * narrow / 2));
            }
            return rate;
        });
    }

    /**
     * Two continuous hyperparameters and a reward that has to be found first: the score is 0 until the rate of learning has summed up to 160
     * steps, and grows from then on. Whoever tells members of score 0 apart selects by accident, and loses whoever is close. Whoever copies
     * the first that has found it is ahead. The best constant is all of it: 1 - 160/400 = 0.6.
     */
    public static SyntheticTask sparse() {
        double search = 160.0 / STEPS;
        SearchSpace space = SearchSpace.of(real("x", 0, 1), real("y", 0, 1));
        return new SyntheticTask(
                "sparse", space, SCORE, 8, STEPS, 8, seed -> List.of(), 1 - search, 1 - search, (attempt, start) -> {
                    double learned =
                            gained(attempt, start, (h, progress) -> hill(h.real("x") - 0.7) * hill(h.real("y") - 0.3));
                    return PublishedTasks.scored(learned, StrictMath.max(0, learned - search));
                });
    }

    /**
     * A learning rate that has to fall by a factor of 10 at a third and at two thirds of the training. Whatever explores and selects should
     * follow it; exploiting alone keeps one of its first rates and random search reaches the best constant, 10^-2 in the middle: (1 + 2/e)/3
     * = 0.5786.
     */
    public static SyntheticTask stepwise() {
        SearchSpace space = new SearchSpace(List.of(new Parameter("lr", new Reals(1e-5, 1, Scale.LOG), false)));
        return learned("stepwise", space, 16, 0.5786, (h, progress) -> {
            double best = progress < 1.0 / 3 ? -1 : progress < 2.0 / 3 ? -2 : -3;
            double distance = StrictMath.log10(h.real("lr")) - best;
            return StrictMath.exp(-distance * distance);
        });
    }

    /**
     * As {@link #stepwise} with a constant best rate, but each score is the mean of 10 evaluations of standard deviation 0.3: as much noise
     * as members differ by. A tournament copies the lucky; tests and gaps should make fewer wrong copies than what they stand beside.
     */
    public static SyntheticTask noisy() {
        SearchSpace space = new SearchSpace(List.of(new Parameter("lr", new Reals(1e-5, 1, Scale.LOG), false)));
        SyntheticTask quiet = learned("noisy", space, 16, 1, (h, progress) -> {
            double distance = StrictMath.log10(h.real("lr")) + 2;
            return StrictMath.exp(-distance * distance);
        });
        SimulatedTrainer noisy = (attempt, start) -> {
            Outcome exact = quiet.trainer().train(attempt, start);
            double truth = (Double) exact.weights();
            RandomStream random = PublishedTasks.random(attempt);
            List<Double> samples = new ArrayList<>();
            double sum = 0;
            for (int i = 0; i < 10; i++) {
                samples.add(truth + 0.3 * random.gaussian());
                sum += samples.get(i);
            }
            return new Outcome(truth, Map.of("score", sum / 10, SyntheticTask.TRUTH, truth), samples);
        };
        return new SyntheticTask("noisy", space, SCORE, 16, STEPS, 8, seed -> List.of(), 1, 1, noisy);
    }

    /**
     * A constant best rate, for members of different speeds: the score grows with the steps, so that the fast always look better. Its truth
     * is the mean rate of learning so far, by which members of any age compare. Where the latest scores are compared, the slow copy and
     * the fast are copied; at equal progress, a slow member copies from the slow as often as from the fast.
     */
    public static SyntheticTask speeds() {
        SearchSpace space = new SearchSpace(List.of(new Parameter("lr", new Reals(1e-5, 1, Scale.LOG), false)));
        SyntheticTask learned = learned("speeds", space, 16, 1, (h, progress) -> {
            double distance = StrictMath.log10(h.real("lr")) + 2;
            return StrictMath.exp(-distance * distance);
        });
        SimulatedTrainer trainer = (attempt, start) -> {
            Outcome exact = learned.trainer().train(attempt, start);
            double score = (Double) exact.weights();
            double truth = score * STEPS / attempt.stepTo();
            return new Outcome(score, Map.of("score", score, SyntheticTask.TRUTH, truth), List.of());
        };
        return new SyntheticTask("speeds", space, SCORE, 16, STEPS, 8, seed -> List.of(), 1, 1, trainer);
    }

    /**
     * Two objectives, score and other, that h trades against each other; their sum is reported too. The best front is the quarter circle of
     * radius 1, whose hypervolume is pi/4; 16 points on it reach {@value #BEST_OF_16}.
     *
     * <p>Selecting by fronts should spread the population over all of the front. By the score alone, it gathers at its end (hypervolume near
     * 0), by the sum in its middle (0.5).
     */
    public static SyntheticTask twoObjectives() {
        record Weights(double score, double other) {}
        SearchSpace space = new SearchSpace(List.of(real("h", 0, 1), real("x", 0, 1)));
        return new SyntheticTask(
                "two-objectives", space, SCORE, 16, STEPS, 8, seed -> List.of(), 1, 1, (attempt, start) -> {
                    Weights weights = (Weights) start.orElse(new Weights(0, 0));
                    double angle = attempt.hyperparameters().real("h") * StrictMath.PI / 2;
                    double gain = hill(attempt.hyperparameters().real("x") - 0.6) * attempt.steps() / STEPS;
                    Weights next = new Weights(
                            weights.score() + gain * StrictMath.sin(angle),
                            weights.other() + gain * StrictMath.cos(angle));
                    Map<String, Double> metrics = new LinkedHashMap<>();
                    metrics.put("score", next.score());
                    metrics.put("other", next.other());
                    metrics.put("sum", next.score() + next.other());
                    return new Outcome(next, metrics, List.of());
                });
    }

    /** Returns the hypervolume of what {@link #twoObjectives} members have reached. */
    public static double hypervolume(List<ReadyPoint> points) {
        return Hypervolume.of(points.stream()
                .map(ReadyPoint::metrics)
                .map(metrics ->
                        new Hypervolume.Point(metrics.getOrDefault("score", 0.0), metrics.getOrDefault("other", 0.0)))
                .toList());
    }

    private static SyntheticTask learned(String name, SearchSpace space, int population, double constant, Rate rate) {
        return new SyntheticTask(
                name, space, SCORE, population, STEPS, 8, seed -> List.of(), 1, constant, (attempt, start) -> {
                    double learned = gained(attempt, start, rate);
                    return PublishedTasks.scored(learned, learned);
                });
    }

    private static double gained(Attempt attempt, Optional<Object> start, Rate rate) {
        double learned = (Double) start.orElse(0.0);
        for (long step = attempt.stepFrom(); step < attempt.stepTo(); step++) {
            learned += rate.at(attempt.hyperparameters(), (double) step / STEPS) / STEPS;
        }
        return learned;
    }

    private static double hill(double distance) {
        return StrictMath.exp(-distance * distance / (2 * 0.2 * 0.2));
    }
}
