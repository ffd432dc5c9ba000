package org.evolvent.core.explore.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evolvent.core.explore.bandit.RewardHistory.Pending;
import org.evolvent.core.explore.bandit.RewardHistory.Row;
import org.evolvent.core.model.GaussianProcess;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;

/**
 * What a history says about hyperparameters that nobody has tried: an upper confidence bound of the gain. As PB2's code does, time and
 * previous score are scaled to [0, 1] by the data, gains are standardised and clipped at 2 standard deviations.
 *
 * <p>Deviations from the code: the bound adds standard deviations, as the paper's theory has it, and not variances; the kernel is fitted
 * by a compass search on at most {@value #MOST_FITTED} evenly spaced rows and not by gradients on all.
 */
final class RewardModel {
    private static final int MOST_FITTED = 80;
    private static final int FITTING_ROUNDS = 6;

    private final List<Parameter> ordered = new ArrayList<>();
    private final List<Parameter> unordered = new ArrayList<>();
    private final double lowStep;
    private final double stepWidth;
    private final double lowScore;
    private final double scoreWidth;
    private final double confidence;
    private final GaussianProcess expected;
    private final GaussianProcess uncertain;

    RewardModel(SearchSpace space, List<Row> rows, List<Pending> pending) {
        for (Parameter parameter : space.parameters()) {
            if (!parameter.fixed() && parameter.domain().canMove()) {
                (parameter.domain().isOrdered() ? ordered : unordered).add(parameter);
            }
        }
        lowStep = rows.stream().mapToDouble(Row::step).min().orElse(0);
        stepWidth = width(rows.stream().mapToDouble(Row::step).max().orElse(0) - lowStep);
        lowScore = rows.stream().mapToDouble(Row::before).min().orElse(0);
        scoreWidth = width(rows.stream().mapToDouble(Row::before).max().orElse(0) - lowScore);
        double beta = 0.2 * StrictMath.log(0.4 * StrictMath.max(1, rows.size()));
        confidence = StrictMath.sqrt(StrictMath.max(0, beta));
        double[][] points = rows.stream()
                .map(row -> point(row.step(), row.before(), row.hyperparameters()))
                .toArray(double[][]::new);
        double[] gains = standardised(rows.stream().mapToDouble(Row::gain).toArray());
        Fit fit = fit(points, gains);
        expected = GaussianProcess.mostLikelySignal(fit.kernel, fit.noise, points, gains);
        if (pending.isEmpty()) {
            uncertain = expected;
        } else {
            double[][] more = Arrays.copyOf(points, points.length + pending.size());
            double[] values = Arrays.copyOf(gains, more.length);
            for (int i = 0; i < pending.size(); i++) {
                Pending open = pending.get(i);
                more[points.length + i] = point(open.step(), open.before(), open.hyperparameters());
            }
            uncertain = GaussianProcess.mostLikelySignal(fit.kernel, fit.noise, more, values);
        }
    }

    /** Returns the parameters that a model can move, as opposed to categories. */
    List<Parameter> ordered() {
        return ordered;
    }

    /** Returns the upper confidence bound of the gain in the next interval. */
    double bound(long step, double fitness, Hyperparameters hyperparameters) {
        double[] point = point(step, fitness, hyperparameters);
        double mean = expected.posterior(point).mean();
        return mean + confidence * StrictMath.sqrt(uncertain.posterior(point).variance());
    }

    private double[] point(double step, double fitness, Hyperparameters hyperparameters) {
        double[] point = new double[2 + ordered.size() + unordered.size()];
        point[0] = (step - lowStep) / stepWidth;
        point[1] = (fitness - lowScore) / scoreWidth;
        int i = 2;
        for (Parameter parameter : ordered) {
            point[i++] = position(parameter, hyperparameters);
        }
        for (Parameter parameter : unordered) {
            point[i++] = position(parameter, hyperparameters);
        }
        return point;
    }

    private static double position(Parameter parameter, Hyperparameters hyperparameters) {
        Domain domain = parameter.domain();
        return domain.position(hyperparameters.get(parameter.name()));
    }

    private record Fit(TimeVaryingKernel kernel, double noise, double likelihood) {}

    /** Compass search for the length scale and the noise in powers of 2, and the forgetting in steps, up to PB2's cap of 0.5. */
    private Fit fit(double[][] allPoints, double[] allGains) {
        int stride = (allPoints.length + MOST_FITTED - 1) / MOST_FITTED;
        int fitted = stride == 0 ? 0 : (allPoints.length + stride - 1) / stride;
        double[][] points = new double[fitted][];
        double[] gains = new double[fitted];
        for (int i = 0; i < fitted; i++) {
            // Counted from the end, so that the latest is among them.
            int row = allPoints.length - 1 - i * stride;
            points[i] = allPoints[row];
            gains[i] = allGains[row];
        }
        Fit best = fit(points, gains, 0.5, 0.1, 0.1);
        double factor = 4;
        for (int round = 0; round < FITTING_ROUNDS; round++) {
            Fit before = best;
            double length = before.kernel.length();
            double forgetting = before.kernel.forgetting();
            Fit[] around = {
                fit(points, gains, length * factor, forgetting, before.noise),
                fit(points, gains, length / factor, forgetting, before.noise),
                fit(points, gains, length, forgetting + 0.05 * factor, before.noise),
                fit(points, gains, length, forgetting - 0.05 * factor, before.noise),
                fit(points, gains, length, forgetting, before.noise * factor),
                fit(points, gains, length, forgetting, before.noise / factor)
            };
            for (Fit candidate : around) {
                best = candidate.likelihood > best.likelihood ? candidate : best;
            }
            if (best.equals(before)) {
                factor = StrictMath.sqrt(factor);
            }
        }
        return best;
    }

    private Fit fit(double[][] points, double[] gains, double length, double forgetting, double noise) {
        TimeVaryingKernel kernel = new TimeVaryingKernel(
                unordered.size(),
                StrictMath.max(1e-3, StrictMath.min(4, length)),
                StrictMath.max(0, StrictMath.min(0.5, forgetting)));
        double bounded = StrictMath.max(1e-4, StrictMath.min(10, noise));
        double likelihood =
                GaussianProcess.mostLikelySignal(kernel, bounded, points, gains).logLikelihood();
        return new Fit(kernel, bounded, likelihood);
    }

    private static double[] standardised(double[] gains) {
        double mean = Arrays.stream(gains).average().orElse(0);
        double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
        double sd = width(StrictMath.sqrt(squares / StrictMath.max(1, gains.length)));
        return Arrays.stream(gains)
                .map(gain -> StrictMath.max(-2, StrictMath.min(2, (gain - mean) / sd)))
                .toArray();
    }

    /** A width to divide by: 1 where there is none. */
    private static double width(double width) {
        return width > 0 && Double.isFinite(width) ? width : 1;
    }
}
