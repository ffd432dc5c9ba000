package org.evolvent.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.evolvent.core.model.GaussianProcess.Posterior;
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

    @Test
    void neverNaN() {
        double[][] same = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
        for (double[] values : new double[][] {{0, 0, 0}, {1, 1, 1}, {1, -1, 5}}) {
            assertFinite(GaussianProcess.mostLikelySignal(KERNEL, 1e-12, same, values));
        }
        assertFinite(GaussianProcess.mostLikelySignal(KERNEL, 0.1, new double[][] {{0, 0, 0}}, new double[] {3}));
        assertFinite(GaussianProcess.mostLikelySignal(KERNEL, 0.1, new double[0][], new double[0]));
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
