package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.strategy.Rules;
import org.evolvent.testkit.operator.Populations;
import org.junit.jupiter.api.Test;

/** The transitions in the header of {@link StudyState}: each that is allowed, and that the others are refused. */
class StudyStateTest {
    private static final Decision CONTINUE = new Decision.Continue("on", Evidence.NONE);
    private static final Decision STOP = new Decision.Stop("enough", Evidence.NONE);

    private final ToyLog log = new ToyLog(ToyLog.study().build());
    private final Hyperparameters other = Populations.SPACE.sample(new RandomStream(99));

    @Test
    void everybodyBeginsInTraining() {
        assertThat(log.state.training()).isEqualTo(4);
        assertThat(log.state.ready()).isZero();
        for (Member member : log.state.population()) {
            assertThat(member.status()).isEqualTo(Status.TRAINING);
            assertThat(Populations.SPACE.contains(member.hyperparameters())).isTrue();
        }
        Attempt attempt = log.attempt(2);
        assertThat(attempt.stepFrom()).isZero();
        assertThat(attempt.stepTo()).isEqualTo(10);
        assertThat(attempt.parent()).isEmpty();
        assertThat(attempt.seed()).isNotEqualTo(log.attempt(1).seed());
        assertThat(attempt).hasToString("member 2, interval 0, attempt 0");
    }

    /** By the first rules, three failures are three whoever came back in between. */
    @Test
    void whoComesBackMayHaveMendedTheTrainer() {
        assertThat(afterTwoFailuresAndAResume(Rules.LATEST)).isEqualTo(Status.TRAINING);
        assertThat(afterTwoFailuresAndAResume(Rules.V1)).isEqualTo(Status.READY);
    }

    private static Status afterTwoFailuresAndAResume(Rules rules) {
        ToyLog toy = new ToyLog(ToyLog.study().rules(rules).build());
        for (int i = 0; i < 3; i++) {
            if (i == 2) {
                toy.append(new Event.StudyResumed(Instant.EPOCH));
            }
            toy.append(new Event.AttemptFailed(toy.attempt(1), Event.Fault.TRAINER, "it broke", ToyLog.execution(1)));
        }
        return toy.member(1).status();
    }

    @Test
    void trainingBecomesReady() {
        ready(0, 1);
        Member member = log.member(0);
        assertThat(member.status()).isEqualTo(Status.READY);
        assertThat(member.trained()).isEqualTo(10);
        assertThat(member.last().orElseThrow().fitness()).isEqualTo(1);
        assertThat(member.parent().map(CheckpointRef::step)).contains(10L);
        assertThat(log.state.training()).isEqualTo(3);
        assertThat(log.state.ready()).isEqualTo(1);
        assertThat(log.state.tally()).isEqualTo(new Tally(1, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void aFailedAttemptIsIssuedAgainUntilTheyAreUsedUp() {
        Attempt first = log.attempt(1);
        fail(1, Event.Fault.TRAINER);
        assertThat(log.attempt(1).number()).isEqualTo(1);
        assertThat(log.attempt(1).seed()).isEqualTo(first.seed());
        fail(1, Event.Fault.PLACE);
        fail(1, Event.Fault.PLACE);
        fail(1, Event.Fault.TRAINER);
        assertThat(log.member(1).status()).as("the place's faults do not count").isEqualTo(Status.TRAINING);
        fail(1, Event.Fault.TRAINER);
        Member member = log.member(1);
        assertThat(member.status()).isEqualTo(Status.READY);
        assertThat(member.last().orElseThrow().score().isValid()).isFalse();
        assertThat(member.last().orElseThrow().score().toString()).contains("3 of 3 attempts failed", "it broke");
        assertThat(member.last().orElseThrow().checkpoint()).isEmpty();
        assertThat(member.trained()).as("a failed interval is paid for").isEqualTo(10);
        assertThat(log.state.tally()).isEqualTo(new Tally(0, 0, 0, 3, 2, 1, 0));
        assertThat(log.state.isCurrent(first)).isFalse();
    }

    @Test
    void noAttemptIsSpentOnAnErrorThatCameAgain() {
        fail(1, Event.Fault.TRAINER);
        fail(1, Event.Fault.TRAINER_AGAIN);
        assertThat(log.member(1).status()).isEqualTo(Status.READY);
        assertThat(log.member(1).last().orElseThrow().score().toString())
                .contains("2 of 3 attempts failed, the last two with the same error: it broke");
        assertThat(log.state.tally()).isEqualTo(new Tally(0, 0, 0, 2, 0, 1, 0));
    }

    @Test
    void aFailedIntervalKeepsTheWeightsFromBefore() {
        ready(0, 1);
        decided(0, 0, CONTINUE);
        Optional<CheckpointRef> weights = log.member(0).parent();
        for (int i = 0; i < 3; i++) {
            fail(0, Event.Fault.TRAINER);
        }
        assertThat(log.member(0).parent()).isEqualTo(weights).isPresent();
        assertThat(log.member(0).last().orElseThrow().checkpoint()).isEqualTo(weights);
        assertThat(log.member(0).last().orElseThrow().step()).isEqualTo(10);
    }

    @Test
    void aResumptionIssuesWhatIsOpenAgain() {
        ready(0, 1);
        fail(1, Event.Fault.TRAINER);
        Attempt before = log.attempt(2);
        log.append(new Event.StudyResumed(Instant.EPOCH));
        assertThat(log.member(0).status()).isEqualTo(Status.READY);
        assertThat(log.member(0).attempt()).isZero();
        assertThat(log.member(1).attempt()).isEqualTo(2);
        assertThat(log.member(1).faults()).as("its attempts count anew").isZero();
        assertThat(log.attempt(2).number()).isEqualTo(1);
        assertThat(log.state.isCurrent(before)).isFalse();
        assertThat(log.state.isCurrent(log.attempt(2))).isTrue();
    }

    @Test
    void readyGoesOnWithTheSame() {
        ready(0, 1);
        Member before = log.member(0);
        decided(0, 0, CONTINUE);
        assertThat(log.member(0)).isEqualTo(before.next(before.hyperparameters(), before.parent(), false));
        assertThat(log.attempt(0).stepFrom()).isEqualTo(10);
        assertThat(log.state.training()).isEqualTo(4);
        assertThat(log.state.ready()).isZero();
    }

    @Test
    void readyCopiesAndThenExplores() {
        ready(0, 5);
        ready(1, 1);
        Member donor = log.member(0);
        decided(1, 0, exploit(donor));
        Member copier = log.member(1);
        assertThat(copier.parent()).isEqualTo(donor.parent());
        assertThat(copier.hyperparameters()).isEqualTo(donor.hyperparameters());
        assertThat(copier.last())
                .as("it ranks as its donor until it reports")
                .contains(donor.last().orElseThrow().heldBy(copier.id()));
        assertThat(copier.interval()).isEqualTo(1);
        decided(1, 0, explore(1));
        assertThat(log.member(1).hyperparameters()).isEqualTo(other);
        assertThat(log.member(1).parent()).isEqualTo(donor.parent());
        assertThat(log.attempt(1).parent()).isEqualTo(donor.parent());
        assertThat(log.state.tally()).isEqualTo(new Tally(2, 1, 1, 0, 0, 0, 2));
        assertThat(log.state.training()).isEqualTo(3);
    }

    @Test
    void whoCopiesHyperparametersOnlyKeepsItsWeightsAndItsResult() {
        ready(0, 5);
        ready(1, 1);
        Member before = log.member(1);
        decided(
                1,
                0,
                new Decision.Exploit(
                        new MemberId(0),
                        0,
                        Optional.empty(),
                        before.hyperparameters(),
                        other,
                        "better",
                        Evidence.NONE));
        assertThat(log.member(1).parent()).isEqualTo(before.parent());
        assertThat(log.member(1).last()).isEqualTo(before.last());
        assertThat(log.member(1).hyperparameters()).isEqualTo(other);
    }

    @Test
    void readyExploresAlone() {
        ready(0, 1);
        Member before = log.member(0);
        decided(0, 0, explore(0));
        assertThat(log.member(0)).isEqualTo(before.next(other, before.parent(), false));
        assertThat(log.state.tally().explores()).isEqualTo(1);
    }

    @Test
    void readyStops() {
        ready(0, 1);
        decided(0, 0, STOP);
        assertThat(log.member(0).status()).isEqualTo(Status.STOPPED);
        assertThat(log.state.ready()).isZero();
        assertThat(log.state.training()).isEqualTo(3);
        assertThat(log.state.population().ranking().size())
                .as("it can still be copied")
                .isEqualTo(1);
        refused(() -> log.attempt(0), "Member 0 is STOPPED but must be TRAINING");
        refused(() -> decided(0, 0, CONTINUE), "Member 0 is STOPPED");
        refused(() -> decided(0, 0, explore(0)), "Member 0 is STOPPED");
        log.append(new Event.StudyResumed(Instant.EPOCH));
        assertThat(log.member(0).status()).isEqualTo(Status.STOPPED);
    }

    @Test
    void whatIsTrainingCannotBeDecidedAbout() {
        for (Decision decision : List.of(CONTINUE, STOP, explore(0), exploit(log.member(1)))) {
            refused(() -> decided(0, 0, decision), "interval 0 of member 0");
        }
        ready(0, 1);
        decided(0, 0, CONTINUE);
        for (Decision decision : List.of(CONTINUE, STOP, exploit(log.member(1)))) {
            refused(() -> decided(0, 0, decision), "Member 0 is TRAINING but must be READY");
        }
        refused(() -> decided(0, 1, explore(0)), "interval 1 of member 0, which is training interval 1");
        fail(0, Event.Fault.PLACE);
        refused(() -> decided(0, 0, explore(0)), "TRAINING");
    }

    @Test
    void aDecisionIsAboutTheIntervalThatEnded() {
        ready(0, 1);
        refused(() -> decided(0, 1, CONTINUE), "interval 1 of member 0, which is at the end of interval 0");
        refused(() -> decided(0, -1, CONTINUE), "interval -1");
    }

    @Test
    void resultsOfWhatIsNotOpenAreRefused() {
        Attempt old = log.attempt(0);
        fail(0, Event.Fault.PLACE);
        refused(() -> log.append(ToyLog.finished(old, 1, ToyLog.execution(0))), "not open");
        refused(
                () -> log.append(new Event.AttemptFailed(old, Event.Fault.TRAINER, "late", ToyLog.execution(0))),
                "not open");
        Attempt now = log.attempt(0);
        ready(0, 1);
        refused(() -> log.append(ToyLog.finished(now, 1, ToyLog.execution(0))), "not open");
        decided(0, 0, CONTINUE);
        refused(() -> log.append(ToyLog.finished(now, 1, ToyLog.execution(0))), "member 0, interval 0, attempt 1");
    }

    @Test
    void theBeginningAndTheEndComeOnce() {
        refused(() -> log.append(new Event.StudyCreated("again", Instant.EPOCH)), "members already");
        refused(() -> log.append(StudyState.firstPopulation(log.state.study())), "members already");
        Attempt open = log.attempt(0);
        log.append(new Event.StudyEnded(Event.End.WALL_CLOCK, Instant.EPOCH));
        assertThat(log.state.end()).contains(Event.End.WALL_CLOCK);
        assertThat(log.state.isCurrent(open)).isFalse();
        assertThat(Decisions.decide(log.state, new MemberId(0))).isEmpty();
        refused(() -> log.append(new Event.StudyEnded(Event.End.BUDGET, Instant.EPOCH)), "is over (WALL_CLOCK)");
        refused(() -> log.append(new Event.StudyResumed(Instant.EPOCH)), "is over");
    }

    private void ready(int member, double score) {
        log.append(ToyLog.finished(log.attempt(member), score, ToyLog.execution(member)));
    }

    private void fail(int member, Event.Fault fault) {
        log.append(new Event.AttemptFailed(log.attempt(member), fault, "it broke", ToyLog.execution(member)));
    }

    private void decided(int member, int interval, Decision decision) {
        log.append(new Event.Decided(new MemberId(member), interval, decision));
    }

    private Decision exploit(Member donor) {
        return new Decision.Exploit(
                donor.id(), 0, donor.parent(), other, donor.hyperparameters(), "better", Evidence.NONE);
    }

    private Decision explore(int member) {
        return new Decision.Explore(log.member(member).hyperparameters(), other, "new", Evidence.NONE);
    }

    private static void refused(Runnable step, String mentioned) {
        assertThatIllegalStateException().isThrownBy(step::run).withMessageContaining(mentioned);
    }
}
