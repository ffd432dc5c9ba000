package org.evolvent.core.internal.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Kernels that differ in some settings, of which the most likely one is looked for. The diagonal of each is 1; how large the signal is
 * follows from the observations.
 */
public interface KernelFamily {
    /**
     * A number to be found.
     *
     * @param start where to begin
     * @param low the lowest value; above 0 where the setting is geometric
     * @param high the highest value
     * @param geometric whether equal ratios count as equal distances, or else equal differences
     */
    record Setting(double start, double low, double high, boolean geometric) {
        /** Returns a setting that is geometric, such as a length. */
        public static Setting geometric(double start, double low, double high) {
            return new Setting(start, low, high, true);
        }

        /** Returns a setting that is not, such as a share. */
        public static Setting linear(double start, double low, double high) {
            return new Setting(start, low, high, false);
        }

        private double moved(double from, double reach) {
            double to = geometric ? from * StrictMath.pow(high / low, reach) : from + reach * (high - low);
            return StrictMath.max(low, StrictMath.min(high, to));
        }
    }

    /**
     * What was found.
     *
     * @param kernel the covariance function
     * @param noise the variance of the noise in units of the signal's
     */
    record Fit(Kernel kernel, double noise) {}

    /** Returns what is to be found. */
    List<Setting> settings();

    /** Returns the kernel of some values of the settings, in their order. */
    Kernel kernel(double[] values);

    /**
     * Returns the kernel and the noise that make observations most likely, found by a compass search: every setting is tried higher and
     * lower, the best move is made, and the reach is halved when there is none.
     *
     * @param noise between what the noise may be
     * @param points where it was observed
     * @param values what was observed
     */
    default Fit mostLikely(Setting noise, double[][] points, double[] values) {
        List<Setting> all = new ArrayList<>(settings());
        all.add(noise);
        double[] best = all.stream().mapToDouble(Setting::start).toArray();
        double likelihood = likelihood(best, points, values);
        double reach = 0.25;
        while (reach > 0.02) {
            double[] at = best;
            for (int i = 0; i < at.length; i++) {
                for (double way : new double[] {-reach, reach}) {
                    double[] moved = at.clone();
                    moved[i] = all.get(i).moved(at[i], way);
                    double reached = moved[i] == at[i] ? likelihood : likelihood(moved, points, values);
                    if (reached > likelihood) {
                        likelihood = reached;
                        best = moved;
                    }
                }
            }
            reach = Arrays.equals(best, at) ? reach / 2 : reach;
        }
        return new Fit(kernel(best), best[best.length - 1]);
    }

    private double likelihood(double[] settings, double[][] points, double[] values) {
        return GaussianProcess.mostLikelySignal(kernel(settings), settings[settings.length - 1], points, values)
                .logLikelihood();
    }
}
