package org.evolvent.core.internal.ipbt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.evolvent.core.internal.model.GaussianProcess;
import org.evolvent.core.internal.model.Kernel;
import org.evolvent.core.internal.model.KernelFamily;
import org.evolvent.core.internal.model.KernelFamily.Fit;
import org.evolvent.core.internal.model.KernelFamily.Setting;

/**
 * The best fitness of each outer step, and whether it still rises. Smoothed by a Gaussian process, so that noise is no rise. Immutable.
 *
 * @param finished of the steps that are over, oldest first; at most {@value #LONGEST}
 * @param step the number of the step that goes on, from 0
 * @param best its best fitness so far; negative infinity as long as there is none
 */
record OuterProgress(List<Double> finished, int step, double best) {
    static final OuterProgress NONE = new OuterProgress(List.of(), 0, Double.NEGATIVE_INFINITY);

    private static final int LONGEST = 100;
    private static final Setting NOISE = Setting.geometric(0.1, 1e-3, 10);

    private static final KernelFamily SMOOTH = new KernelFamily() {
        @Override
        public List<Setting> settings() {
            return List.of(Setting.geometric(0.2, 0.05, 2));
        }

        @Override
        public Kernel kernel(double[] values) {
            double length = values[0];
            return (a, b) -> StrictMath.exp(-(a[0] - b[0]) * (a[0] - b[0]) / (2 * length * length));
        }
    };

    /** Returns this with one more result. A result of a later step ends the one that went on; one of an earlier step is too late. */
    OuterProgress with(int of, double fitness) {
        if (of < step) {
            return this;
        }
        if (of == step) {
            return new OuterProgress(finished, step, StrictMath.max(best, fitness));
        }
        List<Double> more =
                new ArrayList<>(finished.subList(StrictMath.max(0, finished.size() - LONGEST + 1), finished.size()));
        if (best > Double.NEGATIVE_INFINITY) {
            more.add(best);
        }
        return new OuterProgress(List.copyOf(more), of, fitness);
    }

    /** Returns whether the last steps have brought nothing: the highest smoothed value is older than that many. */
    boolean hasStagnated(int steps) {
        if (finished.size() <= steps) {
            return false;
        }
        double[] smooth = smoothed();
        int highest = 0;
        for (int i = 1; i < smooth.length; i++) {
            // What rises by less than rounding does not rise.
            highest = smooth[i] > smooth[highest] + 1e-9 ? i : highest;
        }
        return smooth.length - 1 - highest >= steps;
    }

    /** Returns whether the smoothed value of the last step is above that of the one before; true of fewer than two. */
    boolean hasRisen() {
        if (finished.size() < 2) {
            return true;
        }
        double[] smooth = smoothed();
        return smooth[smooth.length - 1] > smooth[smooth.length - 2] + 1e-9;
    }

    /**
     * Returns whether the best of all steps is less than a standard deviation of them above the best of those before the last ones.
     *
     * @param steps how many are looked at: the last of them, and all of the others but one; false as long as there are fewer
     */
    boolean isSlow(int steps) {
        int before = finished.size() - steps + 1;
        if (before < 1) {
            return false;
        }
        double deviation = deviation();
        double rise = Collections.max(finished) - Collections.max(finished.subList(0, before));
        return !(deviation > 0) || rise < deviation;
    }

    private double deviation() {
        double mean = finished.stream().mapToDouble(value -> value).average().orElse(0);
        double squares = finished.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return StrictMath.sqrt(squares / StrictMath.max(1, finished.size() - 1));
    }

    private double[] smoothed() {
        int n = finished.size();
        double[] values = finished.stream().mapToDouble(value -> value).toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double sd = StrictMath.sqrt(squares / n);
        if (!(sd > 0 && Double.isFinite(sd))) {
            return new double[n];
        }
        double[][] times = new double[n][];
        for (int i = 0; i < n; i++) {
            times[i] = new double[] {(double) i / n};
            values[i] = (values[i] - mean) / sd;
        }
        Fit fit = SMOOTH.mostLikely(NOISE, times, values);
        GaussianProcess process = GaussianProcess.mostLikelySignal(fit.kernel(), fit.noise(), times, values);
        return Arrays.stream(times).mapToDouble(process::mean).toArray();
    }
}
