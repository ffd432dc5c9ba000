package org.evolvent.compare.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.evolvent.compare.internal.Trace.Point;
import org.evolvent.compare.internal.Trace.Selection;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.population.Objective;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.EvolventException;

/** Reads what a study had to show from its log. Not thread-safe. */
final class TraceReader implements Consumer<Event> {
    /** An attempt that ended; one that failed has no result. */
    private record Ended(
            double seconds, Attempt attempt, Execution execution, Optional<Event.IntervalFinished> result) {}

    private final Objective objective;
    private final String metric;
    private final Optional<String> again;
    private final Optional<Barrier> barrier;
    private final List<Ended> ended = new ArrayList<>();
    private Facts facts = Facts.NONE;
    private long exploits;
    private boolean over;

    /**
     * Creates one that has read nothing.
     *
     * @param study what the log is of; its objective chooses the best model
     * @param metric is what is reported of it
     * @param again the metric that says what the reported one, where it is the mean of samples, is when the model is evaluated again;
     *     empty where nobody can
     * @param asking whether its strategy may be asked what it would do at a barrier
     */
    TraceReader(Study study, String metric, Optional<String> again, boolean asking) {
        this.objective = study.objective();
        this.metric = metric;
        this.again = again;
        this.barrier = asking ? Optional.of(new Barrier(study)) : Optional.empty();
    }

    /** Returns whether the study is over. */
    boolean isOver() {
        return over;
    }

    @Override
    public void accept(Event event) {
        facts = facts.after(event);
        barrier.ifPresent(asked -> asked.accept(event));
        if (event instanceof Event.IntervalFinished finished) {
            add(finished.attempt(), finished.execution(), Optional.of(finished));
        } else if (event instanceof Event.AttemptFailed failed) {
            add(failed.attempt(), failed.execution(), Optional.empty());
        } else if (event instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit) {
            exploits++;
        } else if (event instanceof Event.StudyEnded) {
            over = true;
        }
    }

    private void add(Attempt attempt, Execution execution, Optional<Event.IntervalFinished> result) {
        Duration elapsed = facts.elapsedAt(execution.finishedAt());
        ended.add(new Ended(elapsed.toNanos() / 1e9, attempt, execution, result));
    }

    /**
     * Returns what was read.
     *
     * @throws EvolventException when the best model has no such metric
     */
    Trace trace() {
        double worst = Trace.worst(objective.goal());
        double pace = pace();
        List<Point> points = new ArrayList<>();
        long intervals = 0;
        double best = Double.NEGATIVE_INFINITY;
        Point point = new Point(0, 0, worst, worst, 0);
        for (Ended end : ended.stream()
                .sorted(Comparator.comparingDouble(Ended::seconds))
                .toList()) {
            double value = point.value();
            double chosen = point.chosen();
            double error = point.error();
            if (end.result().isPresent()) {
                Event.IntervalFinished finished = end.result().get();
                intervals++;
                if (objective.fitness(finished.score()) > best) {
                    best = objective.fitness(finished.score());
                    chosen = reported(finished.metrics(), metric, worst);
                    // A score without samples is exact.
                    value = again.isEmpty() || finished.samples().isEmpty()
                            ? chosen
                            : reported(finished.metrics(), again.get(), worst);
                    error = error(finished.samples());
                }
            }
            point = new Point(point.steps() + spent(end, pace), end.seconds(), value, chosen, error);
            points.add(point);
        }
        return new Trace(
                points,
                worst,
                new Selection(intervals, exploits, barrier.flatMap(Barrier::exploitsPerInterval)),
                false);
    }

    /** Returns the steps that were trained in a second of training, on average; 0 where nobody knows. */
    private double pace() {
        double steps = 0;
        double seconds = 0;
        for (Ended end : ended) {
            if (end.result().isPresent()) {
                steps += end.attempt().steps();
                seconds += end.execution().training().toNanos() / 1e9;
            }
        }
        return seconds == 0 ? 0 : steps / seconds;
    }

    /** Nobody says how far a failed attempt came: as far as others come in its time. */
    private static long spent(Ended end, double pace) {
        long asked = end.attempt().steps();
        return end.result().isPresent()
                ? asked
                : Math.min(asked, Math.round(pace * end.execution().training().toNanos() / 1e9));
    }

    private static double error(List<Double> samples) {
        return samples.size() < 2 || samples.stream().anyMatch(sample -> !Double.isFinite(sample))
                ? 0
                : new Sample(samples.stream().mapToDouble(sample -> sample).toArray()).sd() / Math.sqrt(samples.size());
    }

    private static double reported(Map<String, Double> metrics, String metric, double worst) {
        Double found = metrics.get(metric);
        if (found == null) {
            throw new EvolventException("The trainer reported no metric '%s' of the best model.\nMaybe one of %s?"
                    .formatted(metric, new TreeSet<>(metrics.keySet())));
        }
        return found.isNaN() ? worst : found;
    }
}
