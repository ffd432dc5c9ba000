package org.evolvent.core.space;

/**
 * A normal distribution, by its cumulative probabilities. Only {@link StrictMath} is used, so that every machine gets the same numbers.
 *
 * @param mean its middle
 * @param deviation its standard deviation, above 0
 */
record NormalDistribution(double mean, double deviation) {
    private static final double PRECISION = 1e-15;
    private static final int MOST_STEPS = 100;
    private static final double SQUARE_ROOT_OF_PI = StrictMath.sqrt(StrictMath.PI);

    /** Returns the probability of what is below a number, to about 15 digits. */
    double below(double number) {
        double z = (number - mean) / deviation / StrictMath.sqrt(2);
        double distance = StrictMath.abs(z);
        double tail = 0.5 * (distance < 3 ? 1 - series(distance) : fraction(distance));
        return z < 0 ? tail : 1 - tail;
    }

    /** Returns the number in a range below which there is this share of the range's probability, to about 14 digits. */
    double quantile(double share, double low, double high) {
        double from = below(low);
        double wanted = from + share * (below(high) - from);
        double left = low;
        double right = high;
        double guess = StrictMath.max(low, StrictMath.min(high, mean));
        for (int i = 0; i < MOST_STEPS && right - left > PRECISION * (high - low); i++) {
            double excess = below(guess) - wanted;
            if (excess > 0) {
                right = guess;
            } else {
                left = guess;
            }
            // By Newton's method, and by halves where that leaves what is left.
            double next = guess - excess / density(guess);
            if (StrictMath.abs(next - guess) <= PRECISION * (high - low)) {
                break;
            }
            guess = next > left && next < right ? next : left + (right - left) / 2;
        }
        return guess;
    }

    private double density(double number) {
        double z = (number - mean) / deviation;
        return StrictMath.exp(-z * z / 2) / deviation / StrictMath.sqrt(2 * StrictMath.PI);
    }

    /** The error function near 0 (DLMF 7.6.2). */
    private static double series(double z) {
        double term = z;
        double sum = z;
        for (int n = 1; term > 1e-17 * sum; n++) {
            term *= 2 * z * z / (2 * n + 1);
            sum += term;
        }
        return 2 / SQUARE_ROOT_OF_PI * StrictMath.exp(-z * z) * sum;
    }

    /** The complementary error function from 3 on, by its continued fraction (DLMF 7.9.2), from the inside out. */
    private static double fraction(double z) {
        double fraction = z;
        for (int n = 60; n > 0; n--) {
            fraction = z + n / 2.0 / fraction;
        }
        return StrictMath.exp(-z * z) / SQUARE_ROOT_OF_PI / fraction;
    }
}
