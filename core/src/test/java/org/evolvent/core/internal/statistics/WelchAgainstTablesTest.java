package org.evolvent.core.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WelchAgainstTablesTest {
    /** Upper tails of Student's t: exact for 1 and 2 degrees of freedom (1/4; 1/2 - 1/sqrt 6), from the usual table otherwise. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0.25, 1e-12",
        "1, 2, 0.21132486540518713, 1e-12",
        "-1, 1, 0.75, 1e-12",
        "0, 7.5, 0.5, 1e-12",
        "1.812461122811676, 10, 0.05, 1e-10",
        "2.763769457788812, 10, 0.01, 1e-6",
        "2.042272456301238, 30, 0.025, 1e-10"
    })
    void upperTails(double t, double freedom, double tail, double precision) {
        assertThat(Welch.upperTail(t, freedom)).isCloseTo(tail, within(precision));
    }

    @Test
    void differentVariancesGiveTheDegreesOfFreedomOfTheFormula() {
        Welch test = Welch.of(List.of(4.0, 5.0, 6.0), List.of(0.0, 2.0, 4.0, 6.0));
        // Means 5 and 3, variances 1 and 20/3: t = 2 / sqrt(1/3 + 5/3), freedom = 4 / ((1/9)/2 + (25/9)/3).
        assertThat(test.t()).isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(test.degreesOfFreedom()).isCloseTo(4 / (1.0 / 18 + 25.0 / 27), within(1e-12));
    }

    @Test
    void samplesThatDoNotVary() {
        assertThat(Welch.of(List.of(2.0, 2.0), List.of(1.0, 1.0)).p()).isZero();
        assertThat(Welch.of(List.of(1.0, 1.0), List.of(2.0, 2.0)).p()).isOne();
        assertThat(Welch.of(List.of(1.0, 1.0), List.of(1.0, 1.0)).p()).isEqualTo(0.5);
    }
}
