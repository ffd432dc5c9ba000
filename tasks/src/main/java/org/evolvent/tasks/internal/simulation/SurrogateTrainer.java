package org.evolvent.tasks.internal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer;
import org.evolvent.tasks.internal.PublishedTasks;

/**
 * Stands in for a trainer that nobody has run yet, in any search space: its scores are invented, but members differ in how well they
 * learn, copies help, and evaluations are noisy, so that a strategy has something to decide about.
 *
 * <p>Every parameter has a best value, drawn uniformly from its scale by the study's seed. A member learns at a rate that falls off with
 * the distance to it as a bell curve of deviation {@value #WIDTH} of the scale (of an unordered choice the other values learn half as
 * fast), at a twentieth at least; the score is what is learned by the end of the budget, from 0 to 1, plus noise of standard deviation
 * {@value #NOISE} on each of {@value #SAMPLES} samples, of which it is the mean. For a metric to be minimized it is 1 less that.
 */
public final class SurrogateTrainer implements SimulatedTrainer {
    private static final double WIDTH = 0.25;
    private static final double NOISE = 0.02;
    private static final int SAMPLES = 10;
    private static final double SLOWEST = 0.05;

    private final Study study;
    private final Hyperparameters best;

    /** Creates one for a study. */
    public SurrogateTrainer(Study study) {
        this.study = study;
        this.best = study.space().sample(new Randomness(Randomness.mix(study.seed())).stream(Purpose.INITIAL, 0, 0));
    }

    @Override
    public Outcome train(Attempt attempt, Optional<Object> weights) {
        double learned = (Double) weights.orElse(0.0)
                + rate(attempt.hyperparameters())
                        * attempt.steps()
                        / study.budget().steps();
        RandomStream random = PublishedTasks.random(attempt);
        List<Double> samples = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double sample = learned + NOISE * random.gaussian();
            samples.add(study.objective().goal() == Goal.MAXIMIZE ? sample : 1 - sample);
            sum += samples.get(i);
        }
        return new Outcome(learned, Map.of(study.objective().metric(), sum / SAMPLES), samples);
    }

    private double rate(Hyperparameters hyperparameters) {
        double rate = 1;
        for (Parameter parameter : study.space().parameters()) {
            Domain domain = parameter.domain();
            String name = parameter.name();
            if (domain instanceof Choice choice && !choice.isOrdered()) {
                rate *= hyperparameters.get(name).equals(best.get(name)) ? 1 : 0.5;
            } else {
                double distance = domain.position(hyperparameters.get(name)) - domain.position(best.get(name));
                rate *= StrictMath.exp(-distance * distance / (2 * WIDTH * WIDTH));
            }
        }
        return StrictMath.max(SLOWEST, rate);
    }
}
