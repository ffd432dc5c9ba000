package org.evolvent.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.evolvent.core.random.RandomStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theMiddleHalf() {
        assertThat(new Sample(100, 1, 2, 3, 4, 5, 6, -100).interquartileMean()).isEqualTo((2.0 + 3 + 4 + 5) / 4);
        assertThat(new Sample(7).interquartileMean()).isEqualTo(7);
    }

    @Test
    void meanAndDeviation() {
        assertThat(new Sample(1, 2, 3, 4).mean()).isEqualTo(2.5);
        assertThat(new Sample(1, 2, 3, 4).sd()).isCloseTo(Math.sqrt(5.0 / 3), within(1e-12));
        assertThat(new Sample(3).sd()).isZero();
    }

    @Test
    void tiesCountHalf() {
        assertThat(new Sample(1, 2).probabilityOfImprovement(new Sample(1, 0))).isEqualTo((0.5 + 1 + 1 + 1) / 4);
    }

    /** Of 200 intervals of 95 % about 190 hold the truth. */
    @Test
    void intervalsHoldTheMeanAsOftenAsTheySay() {
        RandomStream random = new RandomStream(1);
        int held = 0;
        for (int i = 0; i < 200; i++) {
            double[] scores = new double[50];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = random.gaussian();
            }
            Sample.Interval interval = new Sample(scores).bootstrapMean(200, i);
            held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
        }
        assertThat(held).isBetween(175, 199);
    }

    @Test
    void refusesNoScoresAndNaN() {
        assertThatIllegalArgumentException().isThrownBy(Sample::new);
        assertThatIllegalArgumentException().isThrownBy(() -> new Sample(1, Double.NaN));
    }
}
