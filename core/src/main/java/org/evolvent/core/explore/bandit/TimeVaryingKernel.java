package org.evolvent.core.explore.bandit;

import org.evolvent.core.model.Kernel;

/**
 * The covariance of PB2: squared exponential in the previous score and the hyperparameters, and forgetting with time (Parker-Holder et al.
 * 2020, section 4, after Bogunovic et al. 2016); with categories the mixture of PB2-Mix (Parker-Holder et al. 2021),
 * (1 - mix)/2 (k_x + k_c) + mix k_x k_c, where k_c is the share of equal categories.
 *
 * <p>A point is time, previous score, the ordered hyperparameters, and the indices of the categories. Deviation: PB2-Mix forgets at two
 * rates, one for either part; here there is one.
 *
 * @param categories the number of categories at the end of a point
 * @param length the squared length scale
 * @param forgetting from 0 (nothing) to below 1 (at once)
 */
record TimeVaryingKernel(int categories, double length, double forgetting) implements Kernel {
    /** PB2-Mix's initial value. */
    private static final double MIX = 0.5;

    @Override
    public double at(double[] a, double[] b) {
        double squares = 0;
        int ordered = a.length - categories;
        for (int i = 1; i < ordered; i++) {
            squares += (a[i] - b[i]) * (a[i] - b[i]);
        }
        double similarity = StrictMath.exp(-squares / length);
        if (categories > 0) {
            int equal = 0;
            for (int i = ordered; i < a.length; i++) {
                equal += a[i] == b[i] ? 1 : 0;
            }
            double overlap = (double) equal / categories;
            similarity = (1 - MIX) / 2 * (similarity + overlap) + MIX * similarity * overlap;
        }
        double apart = StrictMath.abs(a[0] - b[0]);
        return forgetting == 0 || apart == 0
                ? similarity
                : similarity * StrictMath.exp(StrictMath.log1p(-forgetting) * apart / 2);
    }
}
