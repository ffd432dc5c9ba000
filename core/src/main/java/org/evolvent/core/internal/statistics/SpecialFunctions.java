package org.evolvent.core.internal.statistics;

/** The functions that distributions are made of. */
final class SpecialFunctions {
    private static final double[] LANCZOS = {
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };
    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-15;

    private SpecialFunctions() {}

    /** Returns the natural logarithm of the gamma function at a number above 0, to about 14 digits (Lanczos 1964, g = 7, n = 9). */
    static double logGamma(double x) {
        if (x < 0.5) {
            return StrictMath.log(StrictMath.PI / StrictMath.sin(StrictMath.PI * x)) - logGamma(1 - x);
        }
        double sum = 0.9999999999998099;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i);
        }
        double shifted = x + 6.5;
        return 0.5 * StrictMath.log(2 * StrictMath.PI)
                + (x - 0.5) * StrictMath.log(shifted)
                - shifted
                + StrictMath.log(sum);
    }

    /** Returns the regularised incomplete beta function I_x(a, b) for a, b above 0 and x in [0, 1]. */
    static double incompleteBeta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        // The continued fraction converges fast on this side of the mean only.
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - incompleteBeta(1 - x, b, a);
        }
        double front = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
        return front * betaFraction(x, a, b) / a;
    }

    /** The continued fraction of the incomplete beta function (DLMF 8.17.22), by the method of Lentz. */
    private static double betaFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
        double fraction = d;
        for (int m = 1; m <= 1000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / awayFromZero(1 + even * d);
            c = awayFromZero(1 + even / c);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / awayFromZero(1 + odd * d);
            c = awayFromZero(1 + odd / c);
            double change = d * c;
            fraction *= change;
            if (StrictMath.abs(change - 1) < PRECISION) {
                break;
            }
        }
        return fraction;
    }

    private static double awayFromZero(double value) {
        return StrictMath.abs(value) < TINY ? TINY : value;
    }
}
