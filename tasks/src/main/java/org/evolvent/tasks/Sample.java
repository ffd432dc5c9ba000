package org.evolvent.tasks;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.evolvent.core.random.RandomStream;

/** Scores of several seeds, and what can be said about them (Agarwal et al. 2021, arXiv 2108.13264). Immutable. */
public final class Sample {
    /**
     * A 95 % confidence interval.
     *
     * @param low its lower end
     * @param high its upper end
     */
    public record Interval(double low, double high) {}

    private final double[] sorted;

    /** Takes at least one score; none may be NaN. */
    public Sample(double... scores) {
        if (scores.length == 0 || Arrays.stream(scores).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException(
                    "The scores are %s but must be at least one and no NaN".formatted(Arrays.toString(scores)));
        }
        this.sorted = scores.clone();
        Arrays.sort(sorted);
    }

    /** Returns the number of scores. */
    public int size() {
        return sorted.length;
    }

    /** Returns the arithmetic mean. */
    public double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    /** Returns the standard deviation of the sample; 0 of a single score. */
    public double sd() {
        double mean = mean();
        double squares = Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
        return sorted.length < 2 ? 0 : StrictMath.sqrt(squares / (sorted.length - 1));
    }

    /** Returns the mean of the middle half: a quarter of the scores, rounded down, is left out at each end. */
    public double interquartileMean() {
        int out = sorted.length / 4;
        return Arrays.stream(sorted, out, sorted.length - out).average().orElseThrow();
    }

    /** Returns the percentile bootstrap interval of the mean. */
    public Interval bootstrapMean(int resamples, long seed) {
        return bootstrap(Sample::mean, resamples, seed);
    }

    /**
     * Returns a percentile bootstrap interval.
     *
     * @param statistic of what
     * @param resamples how many samples to draw with replacement
     * @param seed of the draws
     */
    public Interval bootstrap(ToDoubleFunction<Sample> statistic, int resamples, long seed) {
        RandomStream random = new RandomStream(seed);
        double[] drawn = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double[] scores = new double[sorted.length];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = sorted[random.index(sorted.length)];
            }
            drawn[i] = statistic.applyAsDouble(new Sample(scores));
        }
        Arrays.sort(drawn);
        return new Interval(
                drawn[(int) (0.025 * (resamples - 1))], drawn[(int) StrictMath.ceil(0.975 * (resamples - 1))]);
    }

    /** Returns the probability that a score of this sample is above one of the other; ties count half. */
    public double probabilityOfImprovement(Sample other) {
        double wins = 0;
        for (double mine : sorted) {
            for (double theirs : other.sorted) {
                wins += mine > theirs ? 1 : mine == theirs ? 0.5 : 0;
            }
        }
        return wins / sorted.length / other.sorted.length;
    }
}
