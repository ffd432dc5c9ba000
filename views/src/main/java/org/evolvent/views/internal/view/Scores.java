package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.population.Objective;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Scores over training steps. All lists are as long as {@code steps}; a null says that there is no score at a point.
 *
 * @param metric the name of the score
 * @param goal {@code maximize} or {@code minimize}
 * @param steps the points of the axis, rising
 * @param best the best score of all models with at most so many steps
 * @param lowest the lowest score at this point
 * @param lower the lower quartile
 * @param median the median
 * @param upper the upper quartile
 * @param highest the highest score
 */
public record Scores(
        String metric,
        String goal,
        List<Long> steps,
        List<@Nullable Double> best,
        List<@Nullable Double> lowest,
        List<@Nullable Double> lower,
        List<@Nullable Double> median,
        List<@Nullable Double> upper,
        List<@Nullable Double> highest) {
    private Scores(Objective objective) {
        this(
                objective.metric(),
                objective.goal() == Objective.Goal.MAXIMIZE ? "maximize" : "minimize",
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** Computes them of all that happened. */
    static Scores of(History history) {
        Progress progress = Progress.of(history.intervals());
        Objective objective = history.study().objective();
        Scores scores = new Scores(objective);
        List<List<Interval>> ranked = progress.ranked(history);
        Double best = null;
        for (int i = 0; i < progress.size(); i++) {
            List<Interval> at = ranked.get(i);
            double[] values = at.stream().mapToDouble(Interval::score).sorted().toArray();
            if (values.length > 0) {
                double top = at.get(values.length - 1).score();
                best = best == null || objective.fitness(top) > objective.fitness(best) ? Double.valueOf(top) : best;
            }
            scores.steps.add(progress.at(i));
            scores.best.add(best);
            scores.lowest.add(quantile(values, 0));
            scores.lower.add(quantile(values, 0.25));
            scores.median.add(quantile(values, 0.5));
            scores.upper.add(quantile(values, 0.75));
            scores.highest.add(quantile(values, 1));
        }
        return scores;
    }

    /** Returns a quantile of sorted values, between two of them in proportion; null when there are none. */
    static @Nullable Double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return null;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        return below + 1 == sorted.length
                ? sorted[below]
                : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
