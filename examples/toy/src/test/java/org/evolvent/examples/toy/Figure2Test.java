package org.evolvent.examples.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.evolvent.examples.toy.Figure2.Variant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the figure shows, with fewer seeds than the committed table. */
class Figure2Test {
    private static final int SEEDS = 10;
    /** All of PBT and of exploiting alone is above, and of exploring alone below. */
    private static final double SOLVED = 1.19;

    @Test
    void pbtReachesTheTop() throws InterruptedException {
        assertThat(mean(Variant.PBT, SEEDS)).isBetween(SOLVED, 1.2);
    }

    /** Nothing is drawn. */
    @Test
    void exploitingIsEnoughHere() throws InterruptedException {
        assertThat(mean(Variant.EXPLOIT_ONLY, 1)).isBetween(SOLVED, 1.2);
    }

    @Tag("slow")
    @Test
    void exploringAloneIsWorse() throws InterruptedException {
        assertThat(mean(Variant.EXPLORE_ONLY, SEEDS)).isBetween(1.0, SOLVED);
    }

    /** Nothing is drawn. */
    @Test
    void theGridIsStuck() throws InterruptedException {
        assertThat(mean(Variant.GRID, 1)).isCloseTo(0.39, within(0.005));
    }

    private static double mean(Variant variant, int seeds) throws InterruptedException {
        double sum = 0;
        for (int seed = 0; seed < seeds; seed++) {
            sum += Figure2.bestQ(variant, seed);
        }
        return sum / seeds;
    }
}
