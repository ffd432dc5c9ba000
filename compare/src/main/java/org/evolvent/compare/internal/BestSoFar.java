package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.List;
import org.evolvent.compare.internal.Comparison.Standing;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.internal.statistics.Sample.Interval;

/** How good the best model is as compute goes by: the inter-quartile mean over seeds, with pointwise 95 % bootstrap intervals. */
final class BestSoFar {
    private static final int MOMENTS = 160;
    private static final int RESAMPLES = 500;

    /** The same at all moments, so that bands are as smooth as curves. */
    private static final long BOOTSTRAP_SEED = 1;

    /** What goes by. */
    enum Axis {
        /** Training steps, of all members of a study together. */
        STEPS,
        /** Wall-clock time in seconds. */
        SECONDS;

        double of(Trace.Point point) {
            return this == STEPS ? point.steps() : point.seconds();
        }

        /** Returns how far the longest study of a strategy got. */
        double end(Standing standing) {
            return standing.outcomes().stream()
                    .mapToDouble(outcome -> this == STEPS
                            ? outcome.trace().steps()
                            : outcome.trace().seconds())
                    .max()
                    .orElseThrow();
        }
    }

    /** One moment of a curve. */
    record Moment(double at, double iqm, Interval interval) {}

    private BestSoFar() {}

    /** Returns the curve of a strategy, from where each of its studies has a score until the last of them ends; may be empty. */
    static List<Moment> of(Standing standing, Axis axis) {
        List<Moment> curve = new ArrayList<>();
        double end = axis.end(standing);
        for (int i = 1; i <= MOMENTS; i++) {
            double at = end * i / MOMENTS;
            double[] values = standing.outcomes().stream()
                    .mapToDouble(outcome -> outcome.trace().at(at, axis::of))
                    .toArray();
            Sample sample = new Sample(values);
            Interval interval = sample.bootstrap(Sample::interquartileMean, RESAMPLES, BOOTSTRAP_SEED);
            if (Double.isFinite(interval.low()) && Double.isFinite(interval.high())) {
                curve.add(new Moment(at, sample.interquartileMean(), interval));
            }
        }
        return curve;
    }
}
