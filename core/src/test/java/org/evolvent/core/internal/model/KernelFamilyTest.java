package org.evolvent.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.evolvent.core.internal.model.KernelFamily.Setting;
import org.evolvent.core.random.RandomStream;
import org.junit.jupiter.api.Test;

class KernelFamilyTest {
    /** Remembers its settings; squared exponential. */
    private record Tuned(double length, double unused) implements Kernel {
        @Override
        public double at(double[] a, double[] b) {
            return Math.exp(-(a[0] - b[0]) * (a[0] - b[0]) / length);
        }
    }

    private static final KernelFamily FAMILY = new KernelFamily() {
        @Override
        public List<Setting> settings() {
            return List.of(Setting.geometric(1, 1e-4, 10), Setting.linear(0.5, 0, 1));
        }

        @Override
        public Kernel kernel(double[] values) {
            return new Tuned(values[0], values[1]);
        }
    };

    private static final Setting NOISE = Setting.geometric(0.1, 1e-4, 10);

    /** A sine of period 1 is smooth over about a fifth of it; what does not matter stays where it began. */
    @Test
    void findsTheLengthOfAWaveAndThatItHasNoNoise() {
        RandomStream random = new RandomStream(3);
        double[][] points = new double[40][];
        double[] values = new double[40];
        for (int i = 0; i < 40; i++) {
            points[i] = new double[] {random.uniform()};
            values[i] = Math.sin(2 * Math.PI * points[i][0]);
        }
        KernelFamily.Fit fit = FAMILY.mostLikely(NOISE, points, values);
        Tuned tuned = (Tuned) fit.kernel();
        assertThat(tuned.length()).isBetween(0.02, 1.0);
        assertThat(tuned.unused()).isEqualTo(0.5);
        assertThat(fit.noise()).isEqualTo(1e-4);
    }

    @Test
    void callsNoiseNoise() {
        RandomStream random = new RandomStream(4);
        double[][] points = new double[60][];
        double[] values = new double[60];
        for (int i = 0; i < 60; i++) {
            points[i] = new double[] {random.uniform()};
            values[i] = random.gaussian();
        }
        assertThat(FAMILY.mostLikely(NOISE, points, values).noise()).isGreaterThan(1);
    }
}
