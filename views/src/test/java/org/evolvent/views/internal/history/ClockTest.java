package org.evolvent.views.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The time of a study, and what the clock on the wall said then. */
class ClockTest {
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void aMomentIsThatOfItsSession() {
        Clock clock = new Clock();
        clock.begins(TEN);
        assertThat(clock.ended(TEN.plusSeconds(300))).isEqualTo(300);
        clock.begins(TEN.plusSeconds(7000));
        clock.begins(TEN.plusSeconds(7200));
        assertThat(clock.ended(TEN.plusSeconds(7230))).isEqualTo(330);
        assertThat(clock.moment(0)).isEqualTo(TEN);
        assertThat(clock.moment(299)).isEqualTo(TEN.plusSeconds(299));
        assertThat(clock.moment(300)).as("what ended a session").isEqualTo(TEN.plusSeconds(300));
        assertThat(clock.moment(330)).as("not in the pause between").isEqualTo(TEN.plusSeconds(7230));
    }
}
