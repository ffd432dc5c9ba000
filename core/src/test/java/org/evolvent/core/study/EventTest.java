package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.MemberId;
import org.junit.jupiter.api.Test;

class EventTest {
    private final ToyLog log = new ToyLog(ToyLog.study().build());

    @Test
    void whatEndedOrWasDecidedIsAboutAMember() {
        MemberId two = new MemberId(2);
        assertThat(ToyLog.finished(log.attempt(2), 0.5, ToyLog.execution(0)).subject())
                .contains(two);
        assertThat(new Event.AttemptFailed(log.attempt(2), Event.Fault.PLACE, "lost", ToyLog.execution(0)).subject())
                .contains(two);
        assertThat(new Event.Decided(two, 0, new Decision.Stop("over", Evidence.NONE)).subject())
                .contains(two);
    }

    @Test
    void whatConcernsTheStudyIsAboutNobody() {
        assertThat(log.events).hasSize(2).allMatch(event -> event.subject().isEmpty());
        assertThat(new Event.StudyResumed(Instant.EPOCH).subject()).isEmpty();
        assertThat(new Event.StudyEnded(Event.End.BUDGET, Instant.EPOCH).subject())
                .isEmpty();
    }
}
