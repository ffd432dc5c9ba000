package org.evolvent.core.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
    /** As SciPy's norm.ppf has them. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.975, 1.959963984540054",
        "0.025, -1.959963984540054",
        "0.75, 0.6744897501960817",
        "0.001, -3.090232306167813",
        "1e-10, -6.361340902404056",
        "0.02425, -1.972961066"
    })
    void quantiles(double probability, double deviate) {
        assertThat(Normal.quantile(probability)).isCloseTo(deviate, within(1e-7));
    }

    @Test
    void refusesWhatIsNoProbability() {
        for (double bad : new double[] {0, 1, -0.5, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Normal.quantile(bad))
                    .withMessageContaining(Double.toString(bad));
        }
    }
}
