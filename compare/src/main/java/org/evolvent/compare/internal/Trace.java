package org.evolvent.compare.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.evolvent.core.population.Objective.Goal;

/**
 * What one study had to show for its compute at any moment. Immutable.
 *
 * @param points one for each interval that ended and each attempt that failed, in the order of time
 * @param worst what a study without any score is worth: infinitely bad
 * @param selection how often it selected
 * @param isCut whether it went on beyond what counts
 */
public record Trace(List<Point> points, double worst, Selection selection, boolean isCut) {
    /**
     * The study at the end of an attempt.
     *
     * @param steps the training steps spent so far, by all members together, those of failed attempts among them
     * @param seconds the wall-clock time so far, without the pauses between sessions
     * @param value the reported metric of the best model so far, which the objective chooses; infinitely bad before there is one
     * @param chosen the same as it was when the model was chosen: another number only where the model was evaluated again
     * @param error the standard error of the score that chose it, by its samples; 0 where there are none
     */
    public record Point(long steps, double seconds, double value, double chosen, double error) {}

    /**
     * How often a study selected.
     *
     * @param intervals the intervals that ended well
     * @param exploits the exploits made
     * @param atBarrier the exploits per interval that the strategy would have made of the same results at a barrier; empty where that
     *     cannot be told
     */
    public record Selection(long intervals, long exploits, Optional<Double> atBarrier) {}

    public Trace {
        points = List.copyOf(points);
    }

    /** Returns what happened while no more than so many steps were spent. */
    Trace within(long steps) {
        List<Point> counted =
                points.stream().filter(point -> point.steps() <= steps).toList();
        return new Trace(counted, worst, selection, isCut || counted.size() < points.size());
    }

    private Point last() {
        return points.isEmpty() ? new Point(0, 0, worst, worst, 0) : points.get(points.size() - 1);
    }

    /** Returns the metric of the best model in the end. */
    public double score() {
        return last().value();
    }

    /** Returns the same as it was when the model was chosen. */
    public double chosen() {
        return last().chosen();
    }

    /** Returns the standard error of the score that chose the best model; 0 where nobody knows. */
    public double error() {
        return last().error();
    }

    /** Returns the training steps spent by all members together. */
    public long steps() {
        return last().steps();
    }

    /** Returns the wall-clock time until the last interval ended. */
    public double seconds() {
        return last().seconds();
    }

    /** Returns the metric of the best model when a coordinate (steps or seconds) had reached a value. */
    double at(double reached, ToDoubleFunction<Point> coordinate) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (coordinate.applyAsDouble(points.get(middle)) <= reached) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? worst : points.get(low - 1).value();
    }

    /** Returns the value that is worse than all others. */
    static double worst(Goal goal) {
        return goal == Goal.MAXIMIZE ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
}
