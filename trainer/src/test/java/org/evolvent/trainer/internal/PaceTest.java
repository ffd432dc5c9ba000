package org.evolvent.trainer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(Duration.ofMillis(200), 2);

    private int after(int intervals, long millis) {
        for (int i = 0; i < intervals; i++) {
            pace.note(Duration.ofMillis(millis));
        }
        return pace.ahead();
    }

    @Test
    void theShorterIntervalsAreTheMoreIsTakenAheadOfTime() {
        assertThat(pace.ahead()).as("nothing is known yet").isZero();
        assertThat(after(50, 1000)).isZero();
        assertThat(after(50, 100)).isEqualTo(1);
        assertThat(after(50, 10)).isEqualTo(2);
        assertThat(after(50, 300)).isZero();
    }

    @Test
    void oneIntervalIsNoPace() {
        after(50, 1000);
        assertThat(after(1, 1)).isZero();
    }
}
