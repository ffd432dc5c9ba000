package org.evolvent.core.internal.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.evolvent.core.internal.bandit.RewardHistory.Pending;
import org.evolvent.core.internal.bandit.RewardHistory.Row;
import org.evolvent.core.internal.model.GaussianProcess;
import org.evolvent.core.internal.model.GaussianProcess.Posterior;
import org.evolvent.core.internal.model.KernelFamily;
import org.evolvent.core.internal.model.KernelFamily.Setting;
import org.evolvent.core.internal.statistics.Normal;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;

/**
 * What a history says about hyperparameters that nobody has tried: an upper confidence bound of the gain. As in the authors' code of PB2,
 * time and previous score are scaled to [0, 1] by the data.
 *
 * <p>Points that repeat do no harm, since there is always some noise, where PBT-Zoo adds it to duplicates. Deviations: see
 * {@link Pb2#DESCRIPTOR}.
 */
final class RewardModel {
    /** Of more rows, so many are enough to find the kernel. */
    static final int MOST_FITTED = 80;

    private static final Setting NOISE = Setting.geometric(0.1, 1e-4, 10);

    private final List<Parameter> parameters;
    private final double lowStep;
    private final double stepWidth;
    private final double lowScore;
    private final double scoreWidth;
    private final double confidence;
    private final GaussianProcess expected;
    private final GaussianProcess uncertain;

    /**
     * Learns.
     *
     * @param parameters those that the model sees; those without an order last
     * @param family the kernels of points that are time, previous score, and the positions of the parameters
     * @param rows what happened, at least one
     * @param pending what has not been measured yet
     * @param standardise brings gains to a common scale
     * @param confidence how many standard deviations the bound is above the mean
     */
    RewardModel(
            List<Parameter> parameters,
            KernelFamily family,
            List<Row> rows,
            List<Pending> pending,
            UnaryOperator<double[]> standardise,
            double confidence) {
        this.parameters = parameters;
        this.confidence = confidence;
        lowStep = least(rows, Row::step);
        stepWidth = width(-least(rows, row -> -row.step()) - lowStep);
        lowScore = least(rows, Row::before);
        scoreWidth = width(-least(rows, row -> -row.before()) - lowScore);
        double[][] points = rows.stream()
                .map(row -> point(row.step(), row.before(), row.hyperparameters()))
                .toArray(double[][]::new);
        double[] gains = standardise.apply(rows.stream().mapToDouble(Row::gain).toArray());
        int stride = (points.length + MOST_FITTED - 1) / MOST_FITTED;
        // Counted from the end, so that the latest is among them.
        int[] fitted = IntStream.range(0, (points.length + stride - 1) / stride)
                .map(i -> points.length - 1 - i * stride)
                .toArray();
        KernelFamily.Fit fit = family.mostLikely(
                NOISE,
                Arrays.stream(fitted).mapToObj(i -> points[i]).toArray(double[][]::new),
                Arrays.stream(fitted).mapToDouble(i -> gains[i]).toArray());
        expected = GaussianProcess.mostLikelySignal(fit.kernel(), fit.noise(), points, gains);
        uncertain = expected.pending(pending.stream()
                .map(open -> point(open.step(), open.before(), open.hyperparameters()))
                .toArray(double[][]::new));
    }

    /** Returns the upper confidence bound of the gain in the interval that begins with what the donor has published. */
    double bound(ReadyPoint donor, Hyperparameters hyperparameters) {
        Posterior posterior = uncertain.posterior(point(donor.step(), donor.fitness(), hyperparameters));
        return posterior.mean() + confidence * StrictMath.sqrt(posterior.variance());
    }

    private double[] point(double step, double fitness, Hyperparameters hyperparameters) {
        double[] point = new double[2 + parameters.size()];
        point[0] = (step - lowStep) / stepWidth;
        point[1] = (fitness - lowScore) / scoreWidth;
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            point[2 + i] = parameter.domain().position(hyperparameters.get(parameter.name()));
        }
        return point;
    }

    /** Standard scores, clipped at 2: PB2's. */
    static double[] clipped(double[] gains) {
        double mean = Arrays.stream(gains).average().orElse(0);
        double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
        double sd = width(StrictMath.sqrt(squares / StrictMath.max(1, gains.length)));
        return Arrays.stream(gains)
                .map(gain -> StrictMath.max(-2, StrictMath.min(2, (gain - mean) / sd)))
                .toArray();
    }

    /** The normal deviate of each rank, the same for equal gains: BG-PBT's Gaussian copula. */
    static double[] ranked(double[] gains) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, gains.length).boxed().toList());
        order.sort(Comparator.comparingDouble(i -> gains[i]));
        double[] deviates = new double[gains.length];
        for (int from = 0; from < gains.length; ) {
            int to = from + 1;
            while (to < gains.length && gains[order.get(to)] == gains[order.get(from)]) {
                to++;
            }
            double rank = (from + to - 1) / 2.0 + 0.5;
            for (int i = from; i < to; i++) {
                deviates[order.get(i)] = Normal.quantile(rank / gains.length);
            }
            from = to;
        }
        return deviates;
    }

    private static double least(List<Row> rows, ToDoubleFunction<Row> of) {
        return rows.stream().mapToDouble(of).min().orElse(0);
    }

    /** A width to divide by: 1 where there is none. */
    private static double width(double width) {
        return width > 0 && Double.isFinite(width) ? width : 1;
    }
}
