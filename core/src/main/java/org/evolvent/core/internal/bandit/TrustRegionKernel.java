package org.evolvent.core.internal.bandit;

import java.util.List;
import org.evolvent.core.internal.model.Kernel;
import org.evolvent.core.internal.model.KernelFamily;

/**
 * The covariance of BG-PBT (Wan et al. 2022, section 3.1, after Casmopolitan, Wan et al. 2021): a Matern 5/2 of the previous score and what
 * is ordered, k_x, an exponentiated overlap of the categories, k_c = exp(-sharpness x share that differs), mixed as (k_x + k_c)/2 and k_x
 * k_c in equal parts of a half, times (1 - forgetting)^(|t - t'| / 2).
 *
 * <p>A point is as for {@link TimeVaryingKernel}. Deviation: scaled so that equal points have 1, which the signal's variance makes up for.
 *
 * @param categories the number of categories at the end of a point
 * @param length the length scale, in shares of a domain
 * @param forgetting from 0 (nothing) to below 1 (at once)
 * @param sharpness from above 0 (all categories are alike)
 */
record TrustRegionKernel(int categories, double length, double forgetting, double sharpness) implements Kernel {
    /** The mix of sum and product, Casmopolitan's. */
    private static final double MIX = 0.5;

    /** Returns all of them. */
    static KernelFamily family(int categories) {
        return new KernelFamily() {
            @Override
            public List<Setting> settings() {
                Setting length = Setting.geometric(0.3, 0.01, 3);
                Setting forgetting = Setting.linear(0.1, 0, 0.99);
                return categories == 0
                        ? List.of(length, forgetting)
                        : List.of(length, forgetting, Setting.geometric(1, 0.1, 10));
            }

            @Override
            public Kernel kernel(double[] values) {
                return new TrustRegionKernel(categories, values[0], values[1], categories == 0 ? 1 : values[2]);
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
        double distance = StrictMath.sqrt(5 * squares) / length;
        double similar = (1 + distance + distance * distance / 3) * StrictMath.exp(-distance);
        if (categories > 0) {
            int differing = 0;
            for (int i = ordered; i < a.length; i++) {
                differing += a[i] == b[i] ? 0 : 1;
            }
            double overlap = StrictMath.exp(-sharpness * differing / categories);
            similar = (1 - MIX) / 2 * (similar + overlap) + MIX * similar * overlap;
        }
        return similar * TimeVaryingKernel.kept(forgetting, StrictMath.abs(a[0] - b[0]));
    }
}
