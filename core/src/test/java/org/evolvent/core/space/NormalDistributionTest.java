package org.evolvent.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.evolvent.core.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalDistributionTest {
    /** From tables of the normal distribution. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.8413447460685429",
        "-1, 0.15865525393145707",
        "2, 0.9772498680518208",
        "-3, 0.0013498980316300933",
        "-4.5, 3.3976731247300535e-6",
        "-6, 9.865876450376946e-10",
        "-10, 7.619853024160527e-24",
        "40, 1"
    })
    void probabilities(double deviates, double expected) {
        assertThat(new NormalDistribution(2, 3).below(2 + 3 * deviates)).isCloseTo(expected, within(1e-13 * expected));
    }

    @Test
    void aQuantileIsWhereItsShareIsBelow() {
        RandomStream random = new RandomStream(1);
        for (int i = 0; i < 10_000; i++) {
            NormalDistribution normal = new NormalDistribution(random.uniform(), StrictMath.exp(random.uniform(-3, 3)));
            double share = random.uniform();
            double number = normal.quantile(share, 0, 1);
            double found = (normal.below(number) - normal.below(0)) / (normal.below(1) - normal.below(0));
            assertThat(number).isBetween(0.0, 1.0);
            assertThat(found).isCloseTo(share, within(1e-11));
        }
    }

    @Test
    void theEndsAndWhatIsBeyondTheTailsStayInside() {
        for (double deviation : new double[] {1e-6, 0.01, 1, 1e6}) {
            NormalDistribution normal = new NormalDistribution(0.5, deviation);
            for (double share : new double[] {0, 1e-300, 0x1p-53, 0.5, 1 - 0x1p-53, 1}) {
                assertThat(normal.quantile(share, 0, 1)).isBetween(0.0, 1.0);
            }
            assertThat(normal.quantile(0.5, 0, 1)).isCloseTo(0.5, within(1e-9));
        }
    }
}
