package org.evolvent.core.strategy.fire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Compares learning curves at equal scores instead of equal times: of two that pass the same score, which one rises faster from there?
 * After the re-implementation in PBT-Zoo of Dalibard and Jaderberg 2021. Deviation: curves are smoothed by a moving average of
 * {@value #SMOOTHED} points and not by a Gaussian process.
 */
final class Curves {
    private static final int SMOOTHED = 3;
    private static final int SHIFTS = 10;

    /** Where two curves overlap: from these places on, for this many points; no points when they do not. */
    record Overlap(int from, int otherFrom, int length) {
        private static final Overlap NONE = new Overlap(0, 0, 0);
    }

    private Curves() {}

    /** Aligns the curve that begins lower where it first reaches the other's beginning. */
    static Overlap overlap(List<Double> rawCurve, List<Double> rawOther) {
        List<Double> curve = smooth(rawCurve);
        List<Double> other = smooth(rawOther);
        if (curve.isEmpty() || other.isEmpty()) {
            return Overlap.NONE;
        }
        int from = curve.get(0) < other.get(0) ? reached(curve, other.get(0)) : 0;
        int otherFrom = curve.get(0) < other.get(0) ? 0 : reached(other, curve.get(0));
        int length = StrictMath.min(curve.size() - from, other.size() - otherFrom);
        return length <= 0 ? Overlap.NONE : new Overlap(from, otherFrom, length);
    }

    /** Returns by how much the best of one curve exceeds the best of the other where they overlap. */
    static double bestScoreDifference(List<Double> curve, List<Double> other) {
        Overlap overlap = overlap(curve, other);
        if (overlap.length() > 0) {
            return Collections.max(curve.subList(overlap.from(), overlap.from() + overlap.length()))
                    - Collections.max(other.subList(overlap.otherFrom(), overlap.otherFrom() + overlap.length()));
        }
        if (curve.isEmpty() || other.isEmpty() || Collections.min(curve) <= Collections.max(other)) {
            return 0;
        }
        return ofShifted(curve, other);
    }

    /** A curve that is above all of the other is compared as if it had begun lower, at several heights. */
    private static double ofShifted(List<Double> curve, List<Double> other) {
        double least = Collections.min(curve) - Collections.max(other);
        double most = Collections.min(curve) - Collections.min(other);
        double best = 0;
        for (int i = 0; i < SHIFTS; i++) {
            double shift = least + (most - least) * i / (SHIFTS - 1);
            List<Double> lower = curve.stream().map(score -> score - shift).toList();
            Overlap overlap = overlap(lower, other);
            if (overlap.length() > 0) {
                best = StrictMath.max(best, bestScoreDifference(lower, other));
            }
        }
        return best;
    }

    /** Returns the one-sided p of the sign test that the curve is above the other where they overlap; 1 when they do not. */
    static double signTest(List<Double> curve, List<Double> other) {
        Overlap overlap = overlap(curve, other);
        int above = 0;
        int below = 0;
        for (int i = 0; i < overlap.length(); i++) {
            int order = Double.compare(curve.get(overlap.from() + i), other.get(overlap.otherFrom() + i));
            above += order > 0 ? 1 : 0;
            below += order < 0 ? 1 : 0;
        }
        return upperTail(above, above + below);
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

    private static int reached(List<Double> curve, double score) {
        for (int i = 0; i < curve.size(); i++) {
            if (curve.get(i) >= score) {
                return i;
            }
        }
        return curve.size();
    }

    private static List<Double> smooth(List<Double> raw) {
        List<Double> smooth = new ArrayList<>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            int reach = StrictMath.min(SMOOTHED / 2, StrictMath.min(i, raw.size() - 1 - i));
            double sum = 0;
            for (int k = i - reach; k <= i + reach; k++) {
                sum += raw.get(k);
            }
            smooth.add(sum / (2 * reach + 1));
        }
        return smooth;
    }
}
