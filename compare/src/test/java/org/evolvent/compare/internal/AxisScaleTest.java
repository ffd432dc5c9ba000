package org.evolvent.compare.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.evolvent.compare.internal.AxisScale.Tick;
import org.junit.jupiter.api.Test;

class AxisScaleTest {
    @Test
    void ticksAreRoundAndInside() {
        assertThat(new AxisScale(0, 1, 0, 100).ticks(6))
                .extracting(Tick::label)
                .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(new AxisScale(0, 22_000, 0, 100).ticks(6))
                .extracting(Tick::label)
                .containsExactly("0", "5k", "10k", "15k", "20k");
        assertThat(new AxisScale(-0.013, 0.02, 0, 100).ticks(4))
                .extracting(Tick::label)
                .containsExactly("-0.01", "0", "0.01", "0.02");
        assertThat(new AxisScale(0, 9_600_000, 0, 100).ticks(5))
                .extracting(Tick::label)
                .containsExactly("0", "2M", "4M", "6M", "8M");
    }

    @Test
    void placesAreClippedAndMayRunDownwards() {
        AxisScale scale = new AxisScale(10, 20, 300, 100);
        assertThat(scale.place(10)).isEqualTo(300);
        assertThat(scale.place(15)).isEqualTo(200);
        assertThat(scale.place(99)).isEqualTo(100);
    }

    @Test
    void valuesThatAreAllTheSameHaveRoom() {
        AxisScale scale = AxisScale.around(5, 5, 0, 100);
        assertThat(scale.place(5)).isEqualTo(50);
        assertThat(AxisScale.around(0, 0, 0, 100).place(0)).isEqualTo(50);
    }
}
