package org.evolvent.examples.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.evolvent.examples.toy.Figure2.Variant;
import org.junit.jupiter.api.Test;

/** What the figure shows, with fewer seeds than the committed table. */
class Figure2Test {
    private static final int SEEDS = 20;

    @Test
    void pbtReachesTheTop() {
        assertThat(mean(Variant.PBT)).isBetween(1.19, 1.2);
    }

    @Test
    void exploitingIsEnoughHere() {
        assertThat(mean(Variant.EXPLOIT_ONLY)).isBetween(1.19, 1.2);
    }

    @Test
    void exploringAloneIsWorse() {
        assertThat(mean(Variant.EXPLORE_ONLY)).isBetween(1.0, mean(Variant.PBT));
    }

    @Test
    void theGridIsStuck() {
        assertThat(mean(Variant.GRID)).isCloseTo(0.39, within(0.005));
    }

    private static double mean(Variant variant) {
        return LongStream.range(0, SEEDS)
                .mapToDouble(seed -> Figure2.bestQ(variant, seed))
                .average()
                .orElseThrow();
    }
}
