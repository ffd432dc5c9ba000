package org.evolvent.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.evolvent.core.internal.model.GaussianProcess.Posterior;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
    /** A squared exponential that forgets with the first coordinate. */
    private static final Kernel KERNEL = (a, b) -> {
        double squares = 0;
        for (int i = 1; i < a.length; i++) {
            squares += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.exp(-squares / 0.5) * Math.pow(0.8, Math.abs(a[0] - b[0]) / 2);
    };

    private static final double[][] POINTS = {
        {0.549, 0.715, 0.603},
        {0.545, 0.424, 0.646},
        {0.438, 0.892, 0.964},
        {0.383, 0.792, 0.529},
        {0.568, 0.926, 0.071},
        {0.087, 0.02, 0.833},
        {0.549, 0.715, 0.603}
    };
    private static final double[] VALUES = {0.444, 0.334, 1.494, -0.205, 0.313, -0.854, -2.553};

    /** The numbers are those of NumPy: K = k + 0.1 I, mean k K^-1 y, variance 1 - k K^-1 k. One point is there twice. */
    @Test
    void agreesWithAReference() {
        GaussianProcess process = GaussianProcess.of(KERNEL, 0.1, POINTS, VALUES, 1);
        Posterior first = process.posterior(new double[] {0.2, 0.3, 0.4});
        assertThat(first.mean()).isCloseTo(-0.2454406563428133, within(1e-12));
        assertThat(first.variance()).isCloseTo(0.31913998601699245, within(1e-12));
        Posterior second = process.posterior(new double[] {0.9, 0.1, 0.5});
        assertThat(second.mean()).isCloseTo(-0.21256542090165453, within(1e-12));
        assertThat(second.variance()).isCloseTo(0.3543645321265815, within(1e-12));
        assertThat(process.logLikelihood()).isCloseTo(-37.679695696744815, within(1e-10));
    }

    @Test
    void theMostLikelySignalIsMoreLikelyThanOthers() {
        double best =
                GaussianProcess.mostLikelySignal(KERNEL, 0.1, POINTS, VALUES).logLikelihood();
        for (double signal : new double[] {0.1, 1, 2, 5, 10, 50}) {
            assertThat(GaussianProcess.of(KERNEL, 0.1, POINTS, VALUES, signal).logLikelihood())
                    .isLessThanOrEqualTo(best);
        }
    }

    /** Observing what is expected anyway: the same expectations, and the variances of all points together. */
    @Test
    void whatIsPendingShrinksVariancesOnly() {
        double[][] more = {{0.3, 0.3, 0.3}, {0.9, 0.1, 0.4}};
        GaussianProcess process = GaussianProcess.of(KERNEL, 0.1, POINTS, VALUES, 2);
        GaussianProcess pending = process.pending(more);
        double[][] all = Arrays.copyOf(POINTS, POINTS.length + 2);
        double[] values = Arrays.copyOf(VALUES, all.length);
        for (int i = 0; i < 2; i++) {
            all[POINTS.length + i] = more[i];
            values[POINTS.length + i] = process.mean(more[i]);
        }
        GaussianProcess together = GaussianProcess.of(KERNEL, 0.1, all, values, 2);
        for (double[] at : new double[][] {{0.2, 0.3, 0.4}, {0.9, 0.1, 0.5}, {0.3, 0.3, 0.3}}) {
            assertThat(pending.posterior(at).mean())
                    .isEqualTo(process.posterior(at).mean());
            assertThat(pending.posterior(at).mean())
                    .isCloseTo(together.posterior(at).mean(), within(1e-12));
            assertThat(pending.posterior(at).variance())
                    .isCloseTo(together.posterior(at).variance(), within(1e-12))
                    .isLessThan(process.posterior(at).variance());
        }
    }

    /** The same point pending that was observed many times, with next to no noise: the matrix has nearly no rank. */
    @Test
    void whatIsPendingMayRepeatWhatIsKnown() {
        double[][] same = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
        assertFinite(GaussianProcess.of(KERNEL, 1e-14, same, new double[] {1, 2, 3}, 1)
                .pending(new double[][] {{0, 0, 0}, {0, 0, 0}}));
    }

    /** Few observations, points that repeat, constant values, values of all sizes, kernels from flat to spiky, noise from none. */
    @Test
    void neverNaN() {
        Property.holds("Gaussian processes are finite", 300, random -> {
            int observations = random.index(12);
            int kind = random.index(4);
            double size = Math.pow(10, random.uniform(-150, 100));
            double[][] points = new double[observations][];
            double[] values = new double[observations];
            for (int i = 0; i < observations; i++) {
                boolean repeats = i > 0 && random.chance(0.4);
                points[i] = repeats
                        ? points[random.index(i)]
                        : new double[] {random.uniform(), random.uniform(), random.uniform()};
                values[i] = kind == 0 ? 0 : kind == 1 ? 3 : kind == 2 ? random.gaussian() : size * random.gaussian();
            }
            double length = Math.pow(10, random.uniform(-6, 6));
            Kernel kernel = (a, b) -> {
                double distance = a[1] - b[1] + a[2] - b[2];
                return Math.exp(-distance * distance / length) * Math.pow(0.5, Math.abs(a[0] - b[0]) / 2);
            };
            double noise = Math.pow(10, random.uniform(-18, 1));
            assertFinite(GaussianProcess.mostLikelySignal(kernel, noise, points, values));
            assertFinite(GaussianProcess.mostLikelySignal(kernel, noise, points, values)
                    .pending(Arrays.copyOf(points, Math.min(2, observations))));
        });
    }

    private static void assertFinite(GaussianProcess process) {
        for (double[] point : new double[][] {{0, 0, 0}, {1, 1, 1}}) {
            Posterior posterior = process.posterior(point);
            assertThat(posterior.mean()).isFinite();
            assertThat(posterior.variance()).isFinite().isNotNegative();
        }
        assertThat(process.logLikelihood()).isFinite();
    }
}
