package org.evolvent.core.internal.statistics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.evolvent.core.random.RandomStream;

/**
 * Scores of several seeds, and what can be said about them (Agarwal et al. 2021, arXiv 2108.13264, section 4): the inter-quartile mean,
 * percentile bootstrap intervals and the probability of improvement. With one task there is one stratum to resample within. Immutable.
 */
public final class Sample {
    /** The resamples of an interval that people read: it then moves by less than a tenth of its width from one seed to another. */
    public static final int RESAMPLES = 2000;

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

    /**
     * Returns the 95 % confidence interval of the mean by Student's t, which, unlike resampling, is wide enough for a handful of scores too.
     * With a single one it reaches to infinity.
     */
    public Interval studentMean() {
        if (sorted.length < 2) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double low = 0;
        double high = 13; // With one degree of freedom it is 12.7.
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (Welch.upperTail(middle, sorted.length - 1) > 0.025) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double half = high * sd() / StrictMath.sqrt(sorted.length);
        return new Interval(mean() - half, mean() + half);
    }

    /** Returns the percentile bootstrap interval of the mean. */
    public Interval bootstrapMean(int resamples, long seed) {
        return bootstrap(Sample::mean, resamples, seed);
    }

    /**
     * Returns a percentile bootstrap interval.
     *
     * @param statistic of what
     * @param resamples how many samples to draw with replacement, at least 1
     * @param seed of the draws
     */
    public Interval bootstrap(ToDoubleFunction<Sample> statistic, int resamples, long seed) {
        RandomStream random = new RandomStream(seed);
        double[] drawn = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            drawn[i] = statistic.applyAsDouble(resampled(random));
        }
        return middle(drawn);
    }

    /** Returns the probability that a score of this sample is above one of the other; ties count half. */
    public double probabilityOfImprovement(Sample other) {
        double wins = 0;
        int below = 0;
        int notAbove = 0;
        for (double mine : sorted) {
            while (below < other.sorted.length && other.sorted[below] < mine) {
                below++;
            }
            while (notAbove < other.sorted.length && other.sorted[notAbove] <= mine) {
                notAbove++;
            }
            wins += below + 0.5 * (notAbove - below);
        }
        return wins / sorted.length / other.sorted.length;
    }

    /** Returns the percentile bootstrap interval of {@link #probabilityOfImprovement}; each sample is drawn from on its own. */
    public Interval bootstrapImprovement(Sample other, int resamples, long seed) {
        RandomStream random = new RandomStream(seed);
        double[] drawn = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            drawn[i] = resampled(random).probabilityOfImprovement(other.resampled(random));
        }
        return middle(drawn);
    }

    private Sample resampled(RandomStream random) {
        double[] scores = new double[sorted.length];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = sorted[random.index(sorted.length)];
        }
        return new Sample(scores);
    }

    private static Interval middle(double[] drawn) {
        Arrays.sort(drawn);
        return new Interval(quantile(drawn, 0.025), quantile(drawn, 0.975));
    }

    /** Returns a quantile, interpolated linearly between the two values around it (number 7 of Hyndman and Fan 1996). */
    private static double quantile(double[] ordered, double share) {
        double at = share * (ordered.length - 1);
        int low = (int) at;
        int high = StrictMath.min(low + 1, ordered.length - 1);
        // Equal values may be infinite, whose difference is no number.
        return ordered[low] == ordered[high]
                ? ordered[low]
                : ordered[low] + (at - low) * (ordered[high] - ordered[low]);
    }
}
