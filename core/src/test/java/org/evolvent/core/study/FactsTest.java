package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FactsTest {
    private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");

    private final ToyLog log = new ToyLog(ToyLog.study().build());
    private Facts facts = Facts.NONE.after(new Event.StudyCreated("toy", BEGUN));

    private static Execution until(long second) {
        return new Execution(0, BEGUN, BEGUN.plusSeconds(second), Duration.ofSeconds(3));
    }

    private void finished(long second) {
        facts = facts.after(ToyLog.finished(log.attempt(0), 1, until(second)));
    }

    private void resumed(long second) {
        facts = facts.after(new Event.StudyResumed(BEGUN.plusSeconds(second)));
    }

    @Test
    void sessionsLastUntilSomethingEndedInThemLast() {
        assertThat(facts.definition()).isEqualTo("toy");
        assertThat(facts.elapsed()).isEqualTo(Duration.ZERO);
        finished(10);
        finished(7); // Another slot's, noted later.
        assertThat(facts.elapsed()).isEqualTo(Duration.ofSeconds(10));
        resumed(100);
        assertThat(facts.elapsed()).isEqualTo(Duration.ofSeconds(10));
        resumed(200);
        finished(205);
        assertThat(facts.elapsed()).isEqualTo(Duration.ofSeconds(15));
        facts = facts.after(new Event.StudyEnded(Event.End.BUDGET, BEGUN.plusSeconds(206)));
        assertThat(facts.elapsed()).isEqualTo(Duration.ofSeconds(16));
        assertThat(facts.definition()).isEqualTo("toy");
    }

    @Test
    void momentsCountOverAllSessions() {
        finished(10);
        resumed(100);
        assertThat(facts.elapsedAt(BEGUN.plusSeconds(104))).isEqualTo(Duration.ofSeconds(14));
        assertThat(facts.elapsedAt(BEGUN.plusSeconds(99))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void failedAttemptsTakeTimeAsWell() {
        facts = facts.after(new Event.AttemptFailed(log.attempt(0), Event.Fault.PLACE, "lost", until(20)));
        finished(12);
        assertThat(facts.elapsed()).isEqualTo(Duration.ofSeconds(20));
        assertThat(facts.training()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aClockThatGoesBackTakesNothingAway() {
        finished(10);
        resumed(-100);
        finished(-200);
        assertThat(facts.elapsed()).isEqualTo(Duration.ofSeconds(10));
    }
}
