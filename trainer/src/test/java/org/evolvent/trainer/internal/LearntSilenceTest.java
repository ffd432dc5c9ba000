package org.evolvent.trainer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LearntSilenceTest {
    private final LearntSilence silence = new LearntSilence();

    @Test
    void nothingIsKnownBeforeAnIntervalHasEnded() {
        assertThat(silence.limit()).isEmpty();
    }

    @Test
    void shortIntervalsMayBeSilentForTenMinutes() {
        silence.note(Duration.ofMillis(3));
        assertThat(silence.limit()).contains(Duration.ofMinutes(10));
    }

    @Test
    void theLongestCounts() {
        silence.note(Duration.ofHours(2));
        silence.note(Duration.ofMinutes(1));
        assertThat(silence.limit()).contains(Duration.ofHours(40));
    }

    /** An interval that says nothing at all, and of which each takes ten times as long as the one before. */
    @Test
    void whoseIntervalsGrowIsNeverEnded() {
        Duration interval = Duration.ofMillis(1);
        for (int i = 0; i < 9; i++) {
            assertThat(silence.limit().orElse(Duration.ofDays(1000))).isGreaterThan(interval);
            silence.note(interval);
            interval = interval.multipliedBy(10);
        }
    }
}
