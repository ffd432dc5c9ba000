package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.lineage.Lineage.Node;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.MemberId;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;

class LineageTest {
    @Test
    void schedulesHaveNoGaps() {
        Property.holds("schedules", 20, random -> {
            ToyLog log = new ToyLog(ToyLog.study()
                    .population(2 + random.index(10))
                    .mode(random.chance(0.5) ? Mode.ASYNCHRONOUS : Mode.SYNCHRONOUS)
                    .seed(random.nextLong())
                    .build());
            log.trainToTheEnd();
            Lineage lineage = Lineage.of(log.events);
            for (Event event : log.events) {
                if (event instanceof Event.IntervalFinished finished) {
                    Attempt attempt = finished.attempt();
                    assertUnbroken(attempt, lineage.schedule(new Node(attempt.member(), attempt.interval())));
                }
            }
        });
    }

    private static void assertUnbroken(Attempt attempt, List<Segment> schedule) {
        long step = 0;
        for (Segment segment : schedule) {
            assertThat(segment.fromStep()).isEqualTo(step);
            assertThat(segment.toStep()).isGreaterThan(step);
            step = segment.toStep();
        }
        assertThat(step).isEqualTo(attempt.stepTo());
        assertThat(schedule.get(schedule.size() - 1))
                .isEqualTo(new Segment(
                        attempt.stepFrom(),
                        attempt.stepTo(),
                        attempt.member(),
                        attempt.interval(),
                        attempt.hyperparameters()));
    }

    @Test
    void aCopyDescendsFromItsDonor() {
        ToyLog log = new ToyLog(ToyLog.study().population(2).build());
        log.finish(0, 2);
        log.finish(1, 1);
        log.finish(1, 3);
        Lineage lineage = Lineage.of(log.events);
        Node copy = new Node(new MemberId(1), 1);
        Node donor = new Node(new MemberId(0), 0);
        assertThat(lineage.parent(copy)).contains(donor);
        assertThat(lineage.parent(donor)).isEmpty();
        assertThat(lineage.schedule(copy))
                .extracting(Segment::member)
                .containsExactly(new MemberId(0), new MemberId(1));
    }

    @Test
    void aFailedIntervalIsNoLink() {
        ToyLog log = new ToyLog(ToyLog.study().population(2).attempts(1).build());
        log.finish(0, 2);
        log.fail(0, Event.Fault.TRAINER);
        log.finish(0, 3);
        Lineage lineage = Lineage.of(log.events);
        assertThat(lineage.parent(new Node(new MemberId(0), 2))).contains(new Node(new MemberId(0), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lineage.schedule(new Node(new MemberId(0), 1)))
                .withMessageContaining("Interval 1 of member 0 did not end well");
    }
}
