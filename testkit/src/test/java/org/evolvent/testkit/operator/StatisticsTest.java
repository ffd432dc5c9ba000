package org.evolvent.testkit.operator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.evolvent.core.random.RandomStream;
import org.junit.jupiter.api.Test;

/** The judges are judged: they accept what is right and reject what is a little wrong. */
class StatisticsTest {
    @Test
    void chiSquareSeesTwoPercent() {
        Statistics.assertUniform(new long[] {25_100, 24_900, 25_050, 24_950});
        assertThatThrownBy(() -> Statistics.assertUniform(new long[] {25_500, 24_500, 25_300, 24_700}))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void kolmogorovSeesOnePercent() {
        RandomStream random = new RandomStream(1);
        double[] sample =
                IntStream.range(0, 100_000).mapToDouble(i -> random.uniform()).toArray();
        Statistics.assertDistributed(sample, x -> x);
        assertThatThrownBy(() -> Statistics.assertDistributed(sample, x -> x + 0.01 * x * (1 - x) * 4))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aFailureNamesItsSeed() {
        assertThatThrownBy(() -> Property.holds("never", 1, random -> {
                    throw new IllegalStateException("No");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s).*Property.replay\\(-?[0-9]+L, \\.\\.\\.\\).*No");
    }
}
