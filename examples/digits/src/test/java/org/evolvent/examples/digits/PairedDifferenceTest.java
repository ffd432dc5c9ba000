package org.evolvent.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    /** Student's own example: the extra hours of sleep of ten patients (Biometrika 6, 1908); the interval is that of R's t.test. */
    @Test
    void agreesWithStudent() {
        PairedDifference difference = PairedDifference.of(1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4);
        assertThat(difference.mean()).isCloseTo(1.58, within(1e-9));
        assertThat(difference.low()).isCloseTo(0.7001, within(1e-3));
        assertThat(difference.high()).isCloseTo(2.4599, within(1e-3));
    }

    @Test
    void oneSeedIsNoSample() {
        assertThatThrownBy(() -> PairedDifference.of(1)).hasMessageContaining("1 seeds");
    }
}
