package org.evolvent.examples.digits;

/**
 * The mean of paired differences and its 95 % confidence interval under Student's t distribution.
 *
 * @param mean in the units of the differences
 * @param halfWidth half of the interval, in the same units
 */
record PairedDifference(double mean, double halfWidth) {
    /** The 97.5 % quantiles of Student's t distribution with 1 to 30 degrees of freedom. */
    private static final double[] QUANTILES = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    /** Refuses a number of differences that there is no interval for. */
    static void checkCount(int count) {
        if (count < 2 || count > QUANTILES.length + 1) {
            throw new IllegalArgumentException(
                    "There are %d seeds but there must be from 2 to %d".formatted(count, QUANTILES.length + 1));
        }
    }

    static PairedDifference of(double... differences) {
        int count = differences.length;
        checkCount(count);
        double mean = 0;
        for (double difference : differences) {
            mean += difference / count;
        }
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        double standardError = Math.sqrt(squares / (count - 1) / count);
        return new PairedDifference(mean, QUANTILES[count - 2] * standardError);
    }

    double low() {
        return mean - halfWidth;
    }

    double high() {
        return mean + halfWidth;
    }
}
