package org.evolvent.core.internal.model;

import java.util.Arrays;

/**
 * Gaussian process regression with mean 0 (Rasmussen and Williams 2006, algorithm 2.1). Immutable. Never gives NaN: not for a single
 * observation, nor for the same point twice, nor for constant values.
 */
public final class GaussianProcess {
    /**
     * What the process believes about a point.
     *
     * @param mean the expected value
     * @param variance of the value without noise, at least 0
     */
    public record Posterior(double mean, double variance) {}

    private final Kernel kernel;
    private final double noise;
    private final double[][] points;
    private final double scale;
    private final Cholesky factor;
    private final double[] weights;
    private final double likelihood;

    private GaussianProcess(
            Kernel kernel,
            double noise,
            double[][] points,
            double scale,
            Cholesky factor,
            double[] weights,
            double likelihood) {
        this.kernel = kernel;
        this.noise = noise;
        this.points = points;
        this.scale = scale;
        this.factor = factor;
        this.weights = weights;
        this.likelihood = likelihood;
    }

    /**
     * Conditions on observations.
     *
     * @param kernel the covariance function, 1 for equal points
     * @param noise the variance of the noise in units of the signal's variance, above 0
     * @param points where it was observed; not changed afterwards
     * @param values what was observed, finite
     * @param signal the variance of the signal, above 0
     */
    public static GaussianProcess of(Kernel kernel, double noise, double[][] points, double[] values, double signal) {
        Cholesky factor = Cholesky.of(covariances(kernel, noise, points, 0));
        return conditioned(kernel, noise, points, values, signal, factor);
    }

    /** As {@link #of}, with the signal's variance that makes the observations most likely. */
    public static GaussianProcess mostLikelySignal(Kernel kernel, double noise, double[][] points, double[] values) {
        Cholesky factor = Cholesky.of(covariances(kernel, noise, points, 0));
        double[] white = factor.solveLower(values);
        double squares = 0;
        for (double value : white) {
            squares += value * value;
        }
        // Constant values would say that there is no signal at all.
        double signal = StrictMath.max(1e-6, squares / StrictMath.max(1, values.length));
        return conditioned(kernel, noise, points, values, signal, factor);
    }

    private static GaussianProcess conditioned(
            Kernel kernel, double noise, double[][] points, double[] values, double signal, Cholesky factor) {
        double[] weights = factor.solve(values);
        double fit = 0;
        for (int i = 0; i < values.length; i++) {
            fit += values[i] * weights[i];
        }
        double likelihood = -0.5 * fit / signal
                - 0.5 * factor.logDeterminant()
                - 0.5 * values.length * StrictMath.log(2 * StrictMath.PI * signal);
        return new GaussianProcess(kernel, noise, points, signal, factor, weights, likelihood);
    }

    private static double[][] covariances(Kernel kernel, double noise, double[][] points, int begin) {
        double[][] rows = new double[points.length - begin][];
        for (int i = begin; i < points.length; i++) {
            double[] row = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                row[j] = kernel.at(points[i], points[j]);
            }
            row[i] += noise;
            rows[i - begin] = row;
        }
        return rows;
    }

    /**
     * Returns this process with more observations of which nobody knows the values yet: what it expects there. Expectations stay what they
     * are, and variances shrink (Desautels et al. 2014, GP-BUCB), at the cost of the new points only.
     */
    public GaussianProcess pending(double[][] more) {
        if (more.length == 0) {
            return this;
        }
        double[][] all = Arrays.copyOf(points, points.length + more.length);
        System.arraycopy(more, 0, all, points.length, more.length);
        Cholesky extended = factor.extended(covariances(kernel, noise, all, points.length));
        // An observation of what is expected has no weight.
        return new GaussianProcess(kernel, noise, all, scale, extended, Arrays.copyOf(weights, all.length), likelihood);
    }

    /** Returns the expected value at a point: the posterior's mean without the work that its variance costs. */
    public double mean(double[] point) {
        double mean = 0;
        for (int i = 0; i < points.length; i++) {
            mean += kernel.at(point, points[i]) * weights[i];
        }
        return mean;
    }

    /** Returns the belief about a point. */
    public Posterior posterior(double[] point) {
        double[] covariance = new double[points.length];
        double mean = 0;
        for (int i = 0; i < points.length; i++) {
            covariance[i] = kernel.at(point, points[i]);
            mean += covariance[i] * weights[i];
        }
        double explained = 0;
        for (double value : factor.solveLower(covariance)) {
            explained += value * value;
        }
        return new Posterior(mean, scale * StrictMath.max(0, kernel.at(point, point) - explained));
    }

    /** Returns the logarithm of the density of the observations whose values are known. */
    public double logLikelihood() {
        return likelihood;
    }
}
