package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.core.internal.audit.Finding;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.junit.jupiter.api.Test;

/** A part of an interval counts, and nothing is decided otherwise for it. */
class SuspendedTest {
    private final ToyLog log = new ToyLog(ToyLog.study().build());

    private Optional<Finding> audit(List<Event> events) {
        Auditor auditor = Auditor.deriving(log.begun, "toy");
        events.forEach(auditor);
        return auditor.finding();
    }

    private CheckpointRef part(int member) {
        return log.member(member).suspended().map(Member.Suspended::weights).orElseThrow();
    }

    @Test
    void theNextAttemptDoesTheRest() {
        Attempt first = log.attempt(1);
        log.suspend(1, 4);
        Attempt second = log.attempt(1);
        assertThat(log.state.isCurrent(first)).isFalse();
        assertThat(second.interval()).isEqualTo(first.interval());
        assertThat(second.number()).isEqualTo(1);
        assertThat(second.stepFrom()).isEqualTo(4);
        assertThat(second.steps()).isEqualTo(6);
        assertThat(second.parent()).contains(part(1));
        assertThat(log.state.population().reachable()).contains(part(1).id());
        log.suspend(1, 5);
        assertThat(log.attempt(1).stepFrom()).isEqualTo(9);
        assertThat(log.attempt(1).steps()).isEqualTo(1);
        assertThat(log.member(1).suspended().orElseThrow().training())
                .as("of both")
                .isEqualTo(ToyLog.execution(1).training().multipliedBy(2));
    }

    @Test
    void theIntervalEndsAsIfNothingHadBeen() {
        ToyLog undisturbed = new ToyLog(log.begun);
        undisturbed.trainToTheEnd();
        log.suspend(0, 4);
        log.suspend(2, 9);
        log.suspend(0, 1);
        log.append(new Event.StudyResumed(Instant.EPOCH));
        log.trainToTheEnd();
        assertThat(StateDigest.of(log.events)).isEqualTo(StateDigest.of(undisturbed.events));
        assertThat(Lineage.of(log.events).schedule(new Lineage.Node(new MemberId(0), 0)))
                .singleElement()
                .satisfies(segment -> {
                    assertThat(segment.fromStep()).isZero();
                    assertThat(segment.toStep()).isEqualTo(10);
                });
        assertThat(audit(log.events)).isEmpty();
    }

    @Test
    void aPartThatIsLostIsTrainedAgain() {
        log.suspend(3, 4);
        log.lose(new Event.CheckpointsLost(
                List.of(part(3).id()), List.of(new MemberId(3)), "It is gone", Instant.EPOCH));
        assertThat(log.member(3).status()).isEqualTo(Member.Status.TRAINING);
        assertThat(log.attempt(3).stepFrom()).isZero();
        assertThat(log.attempt(3).steps()).isEqualTo(10);
        assertThat(log.attempt(3).number())
                .as("fences the attempt that needed it")
                .isEqualTo(2);
        log.trainToTheEnd();
        assertThat(audit(log.events)).isEmpty();
    }

    @Test
    void otherHyperparametersBeginTheIntervalAnew() {
        log.suspend(0, 4);
        assertThat(log.member(0).with(log.member(1).hyperparameters()).suspended())
                .isEmpty();
    }

    @Test
    void timeThatWasTrainedIsNotTrainedAgain() {
        ToyLog timed =
                new ToyLog(ToyLog.study().intervalTime(Duration.ofSeconds(10)).build());
        timed.suspend(0, 4);
        assertThat(timed.attempt(0).time()).contains(Duration.ofSeconds(3));
        timed.suspend(0, 1);
        assertThat(timed.attempt(0).time()).as("something is left to do").contains(Duration.ofMillis(1));
    }

    @Test
    void aPartThatNobodyTrainedIsFound() {
        log.suspend(0, 4);
        for (long steps : new long[] {0, -3}) {
            List<Event> events = new ArrayList<>(log.events);
            Event.IntervalSuspended suspended = (Event.IntervalSuspended) events.remove(events.size() - 1);
            events.add(new Event.IntervalSuspended(
                    suspended.attempt().having(steps),
                    suspended.metrics(),
                    suspended.samples(),
                    suspended.checkpoint(),
                    100,
                    suspended.execution()));
            assertThat(audit(events)).as("%s steps", steps).isPresent();
        }
        log.suspend(0, 4);
        List<Event> skipped = new ArrayList<>(log.events);
        skipped.remove(skipped.size() - 2);
        assertThat(audit(skipped)).as("the second part without the first").isPresent();
        log.finish(0, 0.5);
        List<Event> shorter = new ArrayList<>(log.events);
        shorter.removeIf(event -> event instanceof Event.IntervalSuspended);
        assertThat(audit(shorter)).as("the end without the parts").isPresent();
        assertThat(audit(log.events)).isEmpty();
    }

    @Test
    void onlyWhatIsHeldCanBeLost() {
        log.suspend(0, 4);
        CheckpointId old = part(0).id();
        log.suspend(0, 2);
        log.append(new Event.CheckpointsLost(List.of(old), List.of(), "It is gone", Instant.EPOCH));
        assertThat(audit(log.events)).isPresent();
    }
}
