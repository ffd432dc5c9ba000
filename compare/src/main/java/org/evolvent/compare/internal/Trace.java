package org.evolvent.compare.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.runtime.EvolventException;

/**
 * What one study had to show for its compute at any moment. Immutable.
 *
 * @param points one for each interval that ended, in the order of time
 * @param worst what a study without any score is worth: infinitely bad
 */
public record Trace(List<Point> points, double worst) {
    /**
     * The study at the end of an interval.
     *
     * @param steps the training steps consumed so far, by all members together
     * @param seconds the wall-clock time so far, without the pauses between sessions
     * @param value the reported metric of the best model so far, which the objective chooses; infinitely bad before there is one
     */
    public record Point(long steps, double seconds, double value) {}

    public Trace {
        points = List.copyOf(points);
    }

    /** Returns what happened while no more than so many steps were consumed. */
    Trace within(long steps) {
        return new Trace(points.stream().filter(point -> point.steps() <= steps).toList(), worst);
    }

    /** Returns the metric of the best model in the end. */
    public double score() {
        return points.isEmpty() ? worst : points.get(points.size() - 1).value();
    }

    /** Returns the training steps consumed by all members together. */
    public long steps() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).steps();
    }

    /** Returns the wall-clock time until the last interval ended. */
    public double seconds() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).seconds();
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

    /** Reads a log. Not thread-safe. */
    static final class Reader implements Consumer<Event> {
        private record Ended(double seconds, long steps, double fitness, Map<String, Double> metrics) {}

        private final Objective objective;
        private final String metric;
        private final List<Ended> ended = new ArrayList<>();
        private Facts facts = Facts.NONE;
        private boolean over;

        /**
         * Creates one that has read nothing.
         *
         * @param objective chooses the best model
         * @param metric is what is reported of it
         */
        Reader(Objective objective, String metric) {
            this.objective = objective;
            this.metric = metric;
        }

        /** Returns whether the study is over. */
        boolean isOver() {
            return over;
        }

        @Override
        public void accept(Event event) {
            facts = facts.after(event);
            if (event instanceof Event.IntervalFinished finished) {
                Duration elapsed = facts.elapsedAt(finished.execution().finishedAt());
                ended.add(new Ended(
                        elapsed.toNanos() / 1e9,
                        finished.attempt().steps(),
                        objective.fitness(finished.score()),
                        finished.metrics()));
            } else if (event instanceof Event.StudyEnded) {
                over = true;
            }
        }

        /**
         * Returns what was read.
         *
         * @throws EvolventException when the best model has no such metric
         */
        Trace trace() {
            double worst = worst(objective.goal());
            List<Point> points = new ArrayList<>();
            long steps = 0;
            double best = Double.NEGATIVE_INFINITY;
            double value = worst;
            for (Ended interval : ended.stream()
                    .sorted(Comparator.comparingDouble(Ended::seconds))
                    .toList()) {
                steps += interval.steps();
                if (interval.fitness() > best) {
                    best = interval.fitness();
                    value = reported(interval.metrics(), worst);
                }
                points.add(new Point(steps, interval.seconds(), value));
            }
            return new Trace(points, worst);
        }

        private double reported(Map<String, Double> metrics, double worst) {
            Double found = metrics.get(metric);
            if (found == null) {
                throw new EvolventException("The trainer reported no metric '%s' of the best model.\nMaybe one of %s?"
                        .formatted(metric, new TreeSet<>(metrics.keySet())));
            }
            return found.isNaN() ? worst : found;
        }
    }

    /** Returns the value that is worse than all others. */
    static double worst(Goal goal) {
        return goal == Goal.MAXIMIZE ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
}
