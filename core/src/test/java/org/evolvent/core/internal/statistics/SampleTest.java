package org.evolvent.core.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.evolvent.core.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

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

    /** From tables of Student's t: 3.1824 with 3 degrees of freedom, 12.706 with one. */
    @Test
    void fewScoresHaveAWideInterval() {
        Sample.Interval four = new Sample(1, 2, 3, 4).studentMean();
        assertThat(four.low()).isCloseTo(2.5 - 3.1824 * Math.sqrt(5.0 / 3) / 2, within(1e-4));
        assertThat(four.high()).isCloseTo(2.5 + 3.1824 * Math.sqrt(5.0 / 3) / 2, within(1e-4));
        assertThat(new Sample(0, 2).studentMean().high()).isCloseTo(1 + 12.706, within(1e-3));
        assertThat(new Sample(3).studentMean().high()).isInfinite();
        assertThat(new Sample(3, 3).studentMean()).isEqualTo(new Sample.Interval(3, 3));
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

    /** What SciPy says of the same samples; samples.py beside the table made it. The intervals agree but for the luck of the draws. */
    @ParameterizedTest
    @CsvFileSource(resources = "samples.csv", delimiter = ';', numLinesToSkip = 1)
    void agreesWithAnIndependentImplementation(
            String a,
            String b,
            double iqm,
            double iqmLow,
            double iqmHigh,
            double meanLow,
            double meanHigh,
            double improvement,
            double improvementLow,
            double improvementHigh) {
        Sample one = sample(a);
        Sample other = sample(b);
        assertThat(one.interquartileMean()).isCloseTo(iqm, within(1e-12));
        assertThat(one.probabilityOfImprovement(other)).isCloseTo(improvement, within(1e-12));
        assertThat(other.probabilityOfImprovement(one)).isCloseTo(1 - improvement, within(1e-12));
        assertClose(one.bootstrap(Sample::interquartileMean, 20_000, 1), iqmLow, iqmHigh);
        assertClose(one.bootstrapMean(20_000, 2), meanLow, meanHigh);
        assertClose(one.bootstrapImprovement(other, 20_000, 3), improvementLow, improvementHigh);
    }

    private static Sample sample(String numbers) {
        return new Sample(Arrays.stream(numbers.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray());
    }

    private static void assertClose(Sample.Interval interval, double low, double high) {
        double tolerance = 0.04 * (high - low);
        assertThat(interval.low()).isCloseTo(low, within(tolerance));
        assertThat(interval.high()).isCloseTo(high, within(tolerance));
    }

    @Test
    void theWorstScoreOfAllIsInfinite() {
        Sample sample = new Sample(Double.NEGATIVE_INFINITY, 1, 2, 3);
        assertThat(sample.interquartileMean()).isEqualTo(1.5);
        assertThat(sample.bootstrapMean(100, 1).low()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void refusesNoScoresAndNaN() {
        assertThatIllegalArgumentException().isThrownBy(Sample::new);
        assertThatIllegalArgumentException().isThrownBy(() -> new Sample(1, Double.NaN));
    }
}
