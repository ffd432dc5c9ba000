package org.evolvent.testkit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Tests of distributions. All of them reject at a probability of about 10^-4, so that with a fixed seed they never fail by chance, and a
 * wrong distribution has nowhere to hide in 100,000 draws.
 */
public final class Statistics {
    /** The standard normal deviate that is exceeded with probability 10^-4. */
    private static final double NORMAL_DEVIATE = 3.719;

    /** The Kolmogorov distribution's upper 10^-4: 2 exp(-2 x^2) = 10^-4. */
    private static final double KOLMOGOROV = 2.225;

    private Statistics() {}

    /** Asserts by chi-square that all cells are equally likely. */
    public static void assertUniform(long[] observed) {
        double[] expected = new double[observed.length];
        Arrays.fill(expected, 1.0 / observed.length);
        assertProbabilities(observed, expected);
    }

    /** Asserts by chi-square that the cells have the given probabilities, which sum to 1. */
    public static void assertProbabilities(long[] observed, double... probabilities) {
        assertThat(observed).hasSameSizeAs(probabilities);
        long draws = Arrays.stream(observed).sum();
        double statistic = 0;
        for (int i = 0; i < observed.length; i++) {
            double expected = probabilities[i] * draws;
            assertThat(expected)
                    .as("expected count of cell %s, at least 5 for chi-square", i)
                    .isGreaterThan(5);
            statistic += (observed[i] - expected) * (observed[i] - expected) / expected;
        }
        assertThat(statistic)
                .as("chi-square of %s against %s", Arrays.toString(observed), Arrays.toString(probabilities))
                .isLessThan(chiSquareLimit(observed.length - 1));
    }

    /** Asserts by Kolmogorov and Smirnov that a sample was drawn from a continuous distribution. */
    public static void assertDistributed(double[] sample, DoubleUnaryOperator cumulative) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            double probability = cumulative.applyAsDouble(sorted[i]);
            distance = Math.max(distance, probability - (double) i / sorted.length);
            distance = Math.max(distance, (i + 1.0) / sorted.length - probability);
        }
        assertThat(distance * Math.sqrt(sorted.length))
                .as(
                        "Kolmogorov-Smirnov distance of %s draws, from %s to %s",
                        sorted.length, sorted[0], sorted[sorted.length - 1])
                .isLessThan(KOLMOGOROV);
    }

    /** Returns the upper 10^-4 of the chi-square distribution, after Wilson and Hilferty (1931). */
    private static double chiSquareLimit(int degreesOfFreedom) {
        double variance = 2.0 / (9 * degreesOfFreedom);
        double root = 1 - variance + NORMAL_DEVIATE * Math.sqrt(variance);
        return degreesOfFreedom * root * root * root;
    }
}
