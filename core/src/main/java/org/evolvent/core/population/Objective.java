package org.evolvent.core.population;

import java.util.Map;
import java.util.TreeSet;

/**
 * What a good model is.
 *
 * @param metric the name of the metric that trainers report
 * @param goal whether more or less of it is better
 */
public record Objective(String metric, Goal goal) {
    /** The direction of improvement. */
    public enum Goal {
        /** Less is better. */
        MINIMIZE,
        /** More is better. */
        MAXIMIZE
    }

    /** Returns the objective of which more is better. */
    public static Objective maximize(String metric) {
        return new Objective(metric, Goal.MAXIMIZE);
    }

    /** Returns the objective of which less is better. */
    public static Objective minimize(String metric) {
        return new Objective(metric, Goal.MINIMIZE);
    }

    /**
     * Reads the score from what a trainer reported; a missing metric gives an absent score, and one that is not finite
     * an invalid one, that say so.
     */
    public Score scoreOf(Map<String, Double> metrics) {
        Double value = metrics.get(metric);
        if (value == null) {
            return new Score.Absent("the trainer reported no metric '%s' (it reported %s)"
                    .formatted(metric, new TreeSet<>(metrics.keySet())));
        }
        return Double.isFinite(value)
                ? new Score.Valid(value)
                : new Score.Invalid("the trainer reported %s = %s".formatted(metric, value));
    }

    /** Turns a value of the metric so that more is always better; what is not finite stays so. */
    public double fitness(double value) {
        // -0.0 and 0.0 are the same.
        return (goal == Goal.MAXIMIZE ? value : -value) + 0.0;
    }

    /** Returns the score as a number of which more is always better; one that is not valid is negative infinity. */
    public double fitness(Score score) {
        if (score instanceof Score.Valid valid) {
            return fitness(valid.value());
        }
        return Double.NEGATIVE_INFINITY;
    }
}
