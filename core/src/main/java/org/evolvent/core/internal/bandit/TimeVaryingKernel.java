package org.evolvent.core.internal.bandit;

import java.util.List;
import org.evolvent.core.internal.model.Kernel;
import org.evolvent.core.internal.model.KernelFamily;

/**
 * The covariance of PB2: squared exponential in the previous score and the hyperparameters, and forgetting with time (Parker-Holder et al.
 * 2020, section 4, after Bogunovic et al. 2016), k_x = exp(-d^2 / length) (1 - e)^(|t - t'| / 2). With categories it is the mixture of
 * PB2-Mix (Parker-Holder et al. 2021), (1 - mix)/2 (k_x + k_c) + mix k_x k_c, where k_c is the share of equal categories with a forgetting
 * of its own.
 *
 * <p>A point is time, previous score, the ordered hyperparameters, and the indices of the categories.
 *
 * @param categories the number of categories at the end of a point
 * @param length the squared length scale
 * @param forgetting from 0 (nothing) to 0.5, PB2's cap
 * @param mix from 0 (a sum of both parts) to 1 (their product); without categories it means nothing
 * @param categoryForgetting as forgetting
 */
record TimeVaryingKernel(int categories, double length, double forgetting, double mix, double categoryForgetting)
        implements Kernel {
    /**
     * Returns all of them. The search begins at a length of 0.5, between 0.001 and 4, where PB2 begins at 1 and clips to at most 1; at its
     * forgetting of 0.1, up to its cap of 0.5; and at PB2-Mix's mix of 0.5.
     */
    static KernelFamily family(int categories) {
        return new KernelFamily() {
            @Override
            public List<Setting> settings() {
                Setting length = Setting.geometric(0.5, 1e-3, 4);
                Setting forgetting = Setting.linear(0.1, 0, 0.5);
                return categories == 0
                        ? List.of(length, forgetting)
                        : List.of(length, forgetting, Setting.linear(0.5, 0, 1), forgetting);
            }

            @Override
            public Kernel kernel(double[] values) {
                return categories == 0
                        ? new TimeVaryingKernel(0, values[0], values[1], 0, 0)
                        : new TimeVaryingKernel(categories, values[0], values[1], values[2], values[3]);
            }
        };
    }

    @Override
    public double at(double[] a, double[] b) {
        double squares = 0;
        int ordered = a.length - categories;
        for (int i = 1; i < ordered; i++) {
            squares += (a[i] - b[i]) * (a[i] - b[i]);
        }
        double apart = StrictMath.abs(a[0] - b[0]);
        double similar = StrictMath.exp(-squares / length) * kept(forgetting, apart);
        if (categories == 0) {
            return similar;
        }
        int equal = 0;
        for (int i = ordered; i < a.length; i++) {
            equal += a[i] == b[i] ? 1 : 0;
        }
        double overlap = (double) equal / categories * kept(categoryForgetting, apart);
        return (1 - mix) / 2 * (similar + overlap) + mix * similar * overlap;
    }

    /** Returns (1 - forgetting)^(apart / 2). */
    static double kept(double forgetting, double apart) {
        return forgetting == 0 || apart == 0 ? 1 : StrictMath.exp(StrictMath.log1p(-forgetting) * apart / 2);
    }
}
