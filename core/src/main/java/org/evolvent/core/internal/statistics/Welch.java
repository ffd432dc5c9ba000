package org.evolvent.core.internal.statistics;

import java.util.List;

/**
 * Welch's t-test: whether the mean of one sample is above that of another whose variance may differ.
 *
 * @param t the statistic: positive when the first mean is higher; infinite when neither sample varies
 * @param degreesOfFreedom after Welch and Satterthwaite
 * @param p the one-sided probability of a t as high as this when the means are equal
 */
public record Welch(double t, double degreesOfFreedom, double p) {
    /**
     * Tests.
     *
     * @param first at least 2 finite numbers
     * @param second at least 2 finite numbers
     */
    public static Welch of(List<Double> first, List<Double> second) {
        double difference = mean(first) - mean(second);
        double a = variance(first) / first.size();
        double b = variance(second) / second.size();
        if (a + b == 0) {
            double p = difference > 0 ? 0 : difference < 0 ? 1 : 0.5;
            return new Welch(difference == 0 ? 0 : difference / 0.0, first.size() + second.size() - 2, p);
        }
        double t = difference / StrictMath.sqrt(a + b);
        double freedom = (a + b) * (a + b) / (a * a / (first.size() - 1) + b * b / (second.size() - 1));
        return new Welch(t, freedom, upperTail(t, freedom));
    }

    /** Returns the probability that Student's t with these degrees of freedom exceeds a value. */
    static double upperTail(double t, double degreesOfFreedom) {
        double tail = 0.5
                * SpecialFunctions.incompleteBeta(
                        degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
        return t >= 0 ? tail : 1 - tail;
    }

    private static double mean(List<Double> sample) {
        double sum = 0;
        for (double value : sample) {
            sum += value;
        }
        return sum / sample.size();
    }

    private static double variance(List<Double> sample) {
        double mean = mean(sample);
        double sum = 0;
        for (double value : sample) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (sample.size() - 1);
    }
}
