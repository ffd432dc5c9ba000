package org.evolvent.examples.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.evolvent.examples.toy.Figure2.Variant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the figure shows, with fewer seeds than the committed table. */
class Figure2Test {
    private static final int SEEDS = 20;

    @Test
    void pbtReachesTheTop() throws InterruptedException {
        assertThat(mean(Variant.PBT)).isBetween(1.19, 1.2);
    }

    @Tag("slow")
    @Test
    void exploitingIsEnoughHere() throws InterruptedException {
        assertThat(mean(Variant.EXPLOIT_ONLY)).isBetween(1.19, 1.2);
    }

    @Tag("slow")
    @Test
    void exploringAloneIsWorse() throws InterruptedException {
        assertThat(mean(Variant.EXPLORE_ONLY)).isBetween(1.0, mean(Variant.PBT));
    }

    @Tag("slow")
    @Test
    void theGridIsStuck() throws InterruptedException {
        assertThat(mean(Variant.GRID)).isCloseTo(0.39, within(0.005));
    }

    private static double mean(Variant variant) throws InterruptedException {
        double sum = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            sum += Figure2.bestQ(variant, seed);
        }
        return sum / SEEDS;
    }
}
