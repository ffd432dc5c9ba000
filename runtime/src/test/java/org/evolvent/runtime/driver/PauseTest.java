package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.evolvent.runtime.StorageException.Kind;
import org.junit.jupiter.api.Test;

class PauseTest {
    private static final Instant BEGUN = Instant.EPOCH;

    private final Pause pause = new Pause();

    @Test
    void triesAgainLaterAndLaterButEachMinute() {
        assertThat(pause.isOver(BEGUN)).isTrue();
        Instant now = BEGUN;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(pause.begin(Kind.FULL, "no room", now))
                    .contains("is full", "no room", "in %s s".formatted(seconds));
            assertThat(pause.begin(Kind.FULL, "no room", now))
                    .as("another slot says the same")
                    .contains("in " + seconds);
            assertThat(pause.isOver(now.plusSeconds(seconds).minusMillis(1))).isFalse();
            now = now.plusSeconds(seconds);
            assertThat(pause.isOver(now)).isTrue();
            assertThat(pause.until()).isEqualTo(now);
        }
    }

    @Test
    void isPatientWithAFullDiskAndLessWithABrokenOne() {
        pause.begin(Kind.FULL, "no room", BEGUN);
        assertThat(pause.isHopeless(BEGUN.plus(Duration.ofMinutes(59)))).isFalse();
        assertThat(pause.isHopeless(BEGUN.plus(Duration.ofHours(1)))).isTrue();
        pause.end();
        pause.begin(Kind.FAILING, "an error", BEGUN);
        assertThat(pause.isHopeless(BEGUN.plus(Duration.ofMinutes(4)))).isFalse();
        assertThat(pause.isHopeless(BEGUN.plus(Duration.ofMinutes(5)))).isTrue();
    }

    @Test
    void beginsAnewAfterASuccess() {
        assertThat(pause.end()).as("there was none").isFalse();
        pause.begin(Kind.READ_ONLY, "it may not be written", BEGUN);
        pause.begin(Kind.READ_ONLY, "it may not be written", BEGUN.plusSeconds(1));
        assertThat(pause.end()).isTrue();
        assertThat(pause.isOver(BEGUN)).isTrue();
        assertThat(pause.isHopeless(BEGUN.plus(Duration.ofDays(1)))).isFalse();
        assertThat(pause.begin(Kind.FULL, "no room", BEGUN.plusSeconds(2))).contains("in 1 s");
    }

    @Test
    void doesNotWaitForAClockThatWasSetBack() {
        pause.begin(Kind.FULL, "no room", BEGUN);
        assertThat(pause.isOver(BEGUN.minusSeconds(1))).isTrue();
    }
}
