package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.junit.jupiter.api.Test;

class CheckpointsLostTest {
    private ToyLog log = new ToyLog(ToyLog.study().build());

    @Test
    void whoIsStrandedCopiesAHealthyMember() {
        finishAll(0.1, 0.2, 0.3, 0.4);
        lose(List.of(weights(0)), 0);
        assertThat(log.member(0).status()).isEqualTo(Status.TRAINING);
        assertThat(log.member(0).interval()).isEqualTo(2);
        assertThat(log.member(0).parent()).isEqualTo(log.member(3).parent());
        assertThat(log.member(0).trained()).as("steps that were trained").isEqualTo(10);
        assertThat(log.state.tally().failedIntervals()).isEqualTo(1);
        assertThat(log.state.training()).isEqualTo(4);
        Event.Decided decided = (Event.Decided) log.events.get(log.events.size() - 2);
        assertThat(decided.decision()).isInstanceOf(Decision.Exploit.class);
        assertThat(decided.decision().reason()).contains("Its weights are gone");
    }

    @Test
    void everybodyBeginsAnewWhenNothingIsLeft() {
        finishAll(0.1, 0.2, 0.3, 0.4);
        lose(IntStream.range(0, 4).mapToObj(this::weights).distinct().toList(), 0, 1, 2, 3);
        for (int i = 0; i < 4; i++) {
            assertThat(log.member(i).status()).isEqualTo(Status.TRAINING);
            assertThat(log.member(i).parent()).isEmpty();
            assertThat(log.attempt(i).stepFrom()).isZero();
        }
        assertThat(log.state.population().best()).isEmpty();
        finishAll(0.1, 0.2, 0.3, 0.4);
        assertThat(log.state.population().best().orElseThrow().fitness()).isEqualTo(0.4);
    }

    /** What somebody has in memory need not be read again. */
    @Test
    void whoIsNotStrandedTrainsOnButNobodyCopiesIt() {
        finishAll(0.1, 0.2, 0.3, 0.4);
        Attempt underWay = log.attempt(3);
        lose(List.of(weights(3)));
        assertThat(log.state.isCurrent(underWay)).isTrue();
        assertThat(log.member(3).last()).isEmpty();
        assertThat(log.state.population().ranking())
                .extracting(point -> point.member().index())
                .doesNotContain(3);
        log.finish(3, 0.9);
        assertThat(log.state.population().best().orElseThrow().member()).isEqualTo(new MemberId(3));
    }

    @Test
    void theBestIsTheBestOfThoseThatAreLeft() {
        finishAll(0.1, 0.2, 0.3, 0.4);
        assertThat(log.state.population().best().orElseThrow().fitness()).isEqualTo(0.4);
        lose(List.of(weights(3)), 3);
        assertThat(log.state.population().best().orElseThrow().fitness()).isEqualTo(0.3);
    }

    @Test
    void whoWaitsForTheRoundFailsInIt() {
        log = new ToyLog(ToyLog.study().mode(Mode.SYNCHRONOUS).build());
        log.finish(0, 0.9);
        lose(List.of(weights(0)), 0);
        assertThat(log.member(0).status()).isEqualTo(Status.READY);
        ReadyPoint point = log.member(0).last().orElseThrow();
        assertThat(point.score()).isEqualTo(new Score.Invalid("Its weights are gone"));
        assertThat(point.isDonor()).isFalse();
        assertThat(log.state.ready()).isEqualTo(1);
        log.finish(1, 0.1);
        log.finish(2, 0.2);
        log.finish(3, 0.3);
        assertThat(log.member(0).parent()).isEqualTo(log.member(3).parent());
    }

    @Test
    void aStrandedMemberOfARoundWaitsForTheOthers() {
        log = new ToyLog(ToyLog.study().mode(Mode.SYNCHRONOUS).build());
        finishAll(0.1, 0.2, 0.3, 0.4);
        lose(List.of(weights(0)), 0);
        assertThat(log.member(0).status()).isEqualTo(Status.READY);
        assertThat(log.state.ready()).isEqualTo(1);
        assertThat(log.state.training()).isEqualTo(3);
    }

    @Test
    void whoIsAtRestKeepsItsPlaceWithoutWeights() {
        for (int i = 0; log.member(0).status() == Status.TRAINING; i++) {
            log.finish(0, i);
        }
        lose(List.of(weights(0)));
        assertThat(log.member(0).status()).isEqualTo(Status.STOPPED);
        assertThat(log.member(0).last().orElseThrow().isDonor()).isFalse();
        assertThat(log.state.population().best()).isEmpty();
    }

    @Test
    void ancestorsAreKeptAndGoneBackTo() {
        log = new ToyLog(ToyLog.study().ancestors(2).build());
        finishAll(0.1, 0.2, 0.3, 0.4);
        CheckpointRef first = log.member(3).parent().orElseThrow();
        finishAll(0.1, 0.2, 0.3, 0.4);
        CheckpointRef second = log.member(3).parent().orElseThrow();
        finishAll(0.1, 0.2, 0.3, 0.4);
        assertThat(log.member(3).ancestors()).containsExactly(second, first);
        finishAll(0.1, 0.2, 0.3, 0.4);
        assertThat(log.member(3).ancestors()).hasSize(2).doesNotContain(first).contains(second);
        Attempt before = log.attempt(3);
        lose(List.of(weights(3), log.member(3).ancestors().get(0).id()), 3);
        assertThat(log.member(3).parent()).contains(second);
        assertThat(log.member(3).ancestors()).isEmpty();
        assertThat(log.attempt(3).number()).isEqualTo(before.number() + 1);
        assertThat(log.attempt(3).stepFrom()).isEqualTo(second.step());
        assertThat(log.state.isCurrent(before)).isFalse();
        assertThat(log.state.tally().failedIntervals()).as("it goes on").isZero();
        log.finish(3, 0.5);
        assertThat(log.member(3).ancestors()).containsExactly(second);
    }

    @Test
    void aCopyTakesTheDonorsAncestorsWithIt() {
        log = new ToyLog(ToyLog.study().ancestors(1).build());
        finishAll(0.1, 0.2, 0.3, 0.4);
        finishAll(0.2, 0.3, 0.4, 0.5);
        log.finish(0, 0.1);
        assertThat(log.member(0).parent()).isEqualTo(log.member(3).parent());
        assertThat(log.member(0).ancestors())
                .isEqualTo(log.member(3).ancestors())
                .hasSize(1);
    }

    private CheckpointId weights(int member) {
        Optional<CheckpointRef> held = log.member(member).parent();
        return held.orElseThrow().id();
    }

    private void lose(List<CheckpointId> ids, Integer... stranded) {
        List<MemberId> members = IntStream.range(0, stranded.length)
                .mapToObj(i -> new MemberId(stranded[i]))
                .toList();
        Event.CheckpointsLost lost = new Event.CheckpointsLost(ids, members, "Its weights are gone", Instant.EPOCH);
        log.append(lost);
        for (MemberId subject : Decisions.subjects(log.state, lost)) {
            ToyLog.decisions(log.state, subject).forEach(log::append);
        }
    }

    private void finishAll(double... scores) {
        for (int i = 0; i < scores.length; i++) {
            log.finish(i, scores[i]);
        }
    }
}
