package org.evolvent.core.space;

/** How distances in a numeric domain are measured; it governs sampling, perturbing and what a model sees. */
public enum Scale {
    /** Equal differences are equally far apart. */
    LINEAR {
        @Override
        double toScale(double value) {
            return value;
        }

        @Override
        double fromScale(double scaled) {
            return scaled;
        }

        @Override
        double stepOf(double factor, double scaledWidth) {
            return (factor > 1 ? factor - 1 : 1 - 1 / factor) * scaledWidth / 2;
        }
    },
    /** Equal ratios are equally far apart; for learning rates, weight decay and whatever else spans orders of magnitude. Needs values above 0. */
    LOG {
        @Override
        double toScale(double value) {
            return StrictMath.log(value);
        }

        @Override
        double fromScale(double scaled) {
            return StrictMath.exp(scaled);
        }

        @Override
        double stepOf(double factor, double scaledWidth) {
            return StrictMath.log(factor);
        }
    },
    /**
     * Equal ratios of 1 - x are equally far apart; for discounts, decays and momenta, where 0.99 and 0.999 are as far apart as 0.9 and
     * 0.99. Needs values below 1.
     */
    DISCOUNT {
        @Override
        double toScale(double value) {
            return -StrictMath.log1p(-value);
        }

        @Override
        double fromScale(double scaled) {
            return -StrictMath.expm1(-scaled);
        }

        @Override
        double stepOf(double factor, double scaledWidth) {
            return StrictMath.log(factor);
        }
    };

    abstract double toScale(double value);

    abstract double fromScale(double scaled);

    /**
     * Translates a perturbation factor into a signed step in this scale. In a log scale it is ln(factor). In a linear scale a product
     * would be stuck at 0 and would move large values further than small ones, so the step is the same everywhere: (factor - 1), or
     * (1 - 1/factor) below 1, of half the domain's width.
     */
    abstract double stepOf(double factor, double scaledWidth);

    /**
     * Moves a scaled value by the step that a factor stands for and reflects it at the ends of the domain, so that it always stays inside
     * and always moves. Reflection (not clipping) leaves the uniform distribution in this scale unchanged: without selection, perturbing
     * does not drift. A step is at most half of the domain's width.
     */
    double shifted(double scaled, double factor, double scaledLow, double scaledHigh) {
        double width = scaledHigh - scaledLow;
        double step = StrictMath.max(-width / 2, StrictMath.min(width / 2, stepOf(factor, width)));
        double moved = scaled + step;
        if (moved > scaledHigh) {
            moved = 2 * scaledHigh - moved;
        } else if (moved < scaledLow) {
            moved = 2 * scaledLow - moved;
        }
        // Reflected onto itself: half a step from the end. The other direction is free there.
        return moved == scaled ? scaled - step : moved;
    }
}
