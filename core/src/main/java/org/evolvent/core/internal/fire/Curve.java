package org.evolvent.core.internal.fire;

import java.util.Arrays;
import java.util.List;
import org.evolvent.core.internal.model.GaussianProcess;
import org.evolvent.core.internal.model.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * A learning curve: fitness at equal distances of training, oldest first. Curves are compared at equal scores and not at equal times: of
 * two that pass the same score, which one rises faster from there?
 *
 * <p>As in PBT-Zoo's re-implementation of Dalibard and Jaderberg 2021, where two curves overlap is found on curves that a Gaussian process
 * smoothed (squared exponential of length 1 over the whole curve), and how they compare there on the raw ones. Deviation: the noise of that
 * process is 10^-6 of the signal and not 10^-10, at which the result would be rounding errors. Immutable.
 */
final class Curve {
    /** The curve of somebody who has published nothing yet. */
    static final Curve EMPTY = new Curve(new double[0]);

    /** The longest curve that is kept: 25 selections of 10 points. */
    private static final int LONGEST = 256;

    private static final int SHIFTS = 10;
    private static final double NOISE = 1e-6;
    private static final Kernel KERNEL = (a, b) -> StrictMath.exp(-(a[0] - b[0]) * (a[0] - b[0]) / 2);

    /** Where two curves overlap: from these places on, for this many points; no points where they do not. */
    record Overlap(int from, int otherFrom, int length) {
        private static final Overlap NONE = new Overlap(0, 0, 0);

        boolean isEmpty() {
            return length == 0;
        }
    }

    private final double[] scores;

    /** Made when it is first asked for; made twice by two threads, it is the same. */
    private double @Nullable [] smooth;

    private Curve(double[] scores) {
        this(scores, null);
    }

    private Curve(double[] scores, double @Nullable [] smooth) {
        this.scores = scores;
        this.smooth = smooth;
    }

    private double[] smooth() {
        double[] known = smooth;
        if (known == null) {
            known = smoothed(scores);
            smooth = known;
        }
        return known;
    }

    static Curve of(double... scores) {
        return new Curve(scores.clone());
    }

    /** Returns this curve with one more point; without its first one when it would be too long. */
    Curve with(double score) {
        int kept = StrictMath.min(scores.length, LONGEST - 1);
        double[] longer = Arrays.copyOfRange(scores, scores.length - kept, scores.length + 1);
        longer[kept] = score;
        return new Curve(longer);
    }

    List<Double> scores() {
        return Arrays.stream(scores).boxed().toList();
    }

    int length() {
        return scores.length;
    }

    /** Aligns the curve that begins lower where it first reaches the other's beginning. */
    Overlap overlap(Curve other) {
        if (length() == 0 || other.length() == 0) {
            return Overlap.NONE;
        }
        double begin = smooth()[0];
        double otherBegin = other.smooth()[0];
        int from = begin < otherBegin ? reached(smooth(), otherBegin) : 0;
        int otherFrom = begin < otherBegin ? 0 : reached(other.smooth(), begin);
        int length = StrictMath.min(length() - from, other.length() - otherFrom);
        return length <= 0 ? Overlap.NONE : new Overlap(from, otherFrom, length);
    }

    /**
     * Returns by how much the best of this curve exceeds the best of the other where they overlap. A curve that is above all of the other
     * is compared as if it had begun lower, at several heights, and never counts as worse; otherwise, without overlap, it is 0.
     */
    double lead(Curve other) {
        Overlap overlap = overlap(other);
        if (!overlap.isEmpty()) {
            return lead(other, overlap);
        }
        return isAbove(other) ? leadFromBelow(other) : 0;
    }

    private double lead(Curve other, Overlap overlap) {
        return max(scores, overlap.from(), overlap.length()) - max(other.scores, overlap.otherFrom(), overlap.length());
    }

    private double leadFromBelow(Curve other) {
        double lowest = min(scores);
        double least = lowest - max(other.scores, 0, other.length());
        double most = lowest - min(other.scores);
        double best = 0;
        for (int i = 0; i < SHIFTS; i++) {
            Curve lower = lowered(least + (most - least) * i / SHIFTS);
            Overlap overlap = lower.overlap(other);
            best = overlap.isEmpty() ? best : StrictMath.max(best, lower.lead(other, overlap));
        }
        return best;
    }

    /** Smoothing commutes with a shift, so that it need not be done again. */
    private Curve lowered(double by) {
        return new Curve(
                Arrays.stream(scores).map(score -> score - by).toArray(),
                Arrays.stream(smooth()).map(score -> score - by).toArray());
    }

    private boolean isAbove(Curve other) {
        return length() > 0 && other.length() > 0 && min(scores) > max(other.scores, 0, other.length());
    }

    /**
     * Returns the one-sided p of the sign test that this curve is above the other where they overlap. Without overlap it is 0 for a curve
     * that is above all of the other, else 1.
     */
    double signTest(Curve other) {
        Overlap overlap = overlap(other);
        if (overlap.isEmpty()) {
            return isAbove(other) ? 0 : 1;
        }
        int above = 0;
        for (int i = 0; i < overlap.length(); i++) {
            above += scores[overlap.from() + i] > other.scores[overlap.otherFrom() + i] ? 1 : 0;
        }
        return upperTail(above, overlap.length());
    }

    /** Returns the probability of at least so many heads in n tosses. */
    private static double upperTail(int heads, int tosses) {
        double probability = StrictMath.pow(0.5, tosses);
        double tail = 0;
        for (int k = 0; k <= tosses; k++) {
            tail += k >= heads ? probability : 0;
            probability *= (double) (tosses - k) / (k + 1);
        }
        return StrictMath.min(1, tail);
    }

    private static double[] smoothed(double[] scores) {
        int n = scores.length;
        double mean = Arrays.stream(scores).average().orElse(0);
        double[][] times = new double[n][];
        double[] centred = new double[n];
        for (int i = 0; i < n; i++) {
            times[i] = new double[] {(double) i / n};
            centred[i] = scores[i] - mean;
        }
        GaussianProcess process = GaussianProcess.of(KERNEL, NOISE, times, centred, 1);
        return Arrays.stream(times).mapToDouble(at -> mean + process.mean(at)).toArray();
    }

    private static int reached(double[] curve, double score) {
        int i = 0;
        while (i < curve.length && curve[i] < score) {
            i++;
        }
        return i;
    }

    private static double max(double[] values, int from, int length) {
        return Arrays.stream(values, from, from + length).max().orElseThrow();
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }
}
