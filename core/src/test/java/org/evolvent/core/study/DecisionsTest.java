package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    @Test
    void asynchronousMembersDecideTheMomentTheyAreReady() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        log.finish(0, 3);
        assertThat(decisions(log, 0)).hasExactlyElementsOfTypes(Decision.Continue.class);
        log.finish(1, 2);
        log.finish(2, 1);
        assertThat(decisions(log, 2))
                .as("member 3 has published nothing and counts as worse")
                .hasExactlyElementsOfTypes(Decision.Continue.class);
        log.finish(3, 0);
        assertThat(decisions(log, 3)).hasExactlyElementsOfTypes(Decision.Exploit.class, Decision.Explore.class);
        Decision.Exploit exploit = (Decision.Exploit) decisions(log, 3).get(0);
        assertThat(exploit.donor().index()).isZero();
        assertThat(exploit.weights()).isEqualTo(log.member(0).parent());
    }

    @Test
    void synchronousMembersDecideTogetherFromOneSnapshot() {
        ToyLog log = new ToyLog(ToyLog.study().mode(Mode.SYNCHRONOUS).build());
        log.finish(2, 1);
        log.finish(0, 4);
        log.finish(3, 3);
        assertThat(log.events).noneMatch(Event.Decided.class::isInstance);
        assertThat(log.state.ready()).isEqualTo(3);
        log.finish(1, 2);
        List<Integer> order = new ArrayList<>();
        for (Event event : log.events) {
            if (event instanceof Event.Decided decided && !(decided.decision() instanceof Decision.Explore)) {
                order.add(decided.member().index());
            }
        }
        assertThat(order).containsExactly(0, 1, 2, 3);
        assertThat(decisions(log, 2)).hasExactlyElementsOfTypes(Decision.Exploit.class, Decision.Explore.class);
        assertThat(decisions(log, 2).get(0).evidence().facts()).containsEntry("unranked", 0L);
        // Member 3 decides after member 2 has copied, but from the same ranking of four.
        assertThat(decisions(log, 3).get(0).evidence().facts()).containsEntry("unranked", 0L);
    }

    @Test
    void nobodyExploitsDuringTheBurnInUnlessItMustBeRescued() {
        ToyLog log = new ToyLog(ToyLog.study().burnInSteps(20).build());
        log.finish(0, 3);
        log.finish(1, 1);
        Decision kept = decisions(log, 1).get(0);
        assertThat(kept).isInstanceOf(Decision.Continue.class);
        assertThat(kept.evidence().facts()).containsEntry("step", 10L).containsEntry("burn_in", 20L);
        log.finish(3, 2);
        log.finish(2, Double.NaN);
        assertThat(decisions(log, 2).get(0)).isInstanceOf(Decision.Exploit.class);
        log.finish(2, 4);
        log.finish(1, 1);
        assertThat(decisions(log, 1).get(1))
                .as("with 20 steps the burn-in is over")
                .isInstanceOf(Decision.Exploit.class);
    }

    @Test
    void aMemberStopsWhenItsBudgetIsSpentAndTheStudyWithTheLast() {
        ToyLog log = new ToyLog(
                ToyLog.study().population(2).strategy(Pbt.randomSearch()).build());
        for (int i = 0; i < 10; i++) {
            assertThat(log.state.end()).isEmpty();
            log.finish(0, 1);
        }
        assertThat(log.member(0).status()).isEqualTo(Status.STOPPED);
        assertThat(log.state.end()).isEmpty();
        for (int i = 0; i < 10; i++) {
            log.finish(1, 1);
        }
        assertThat(log.state.end()).contains(Event.End.BUDGET);
        assertThat(log.state.training()).isZero();
    }

    @Test
    void theLastIntervalIsAsShortAsTheBudget() {
        Study study = Study.named(
                        "short",
                        ToyLog.study().build().space(),
                        ToyLog.study().build().objective(),
                        Budget.ofSteps(25),
                        10)
                .population(2)
                .strategy(Pbt.randomSearch())
                .build();
        ToyLog log = new ToyLog(study);
        log.finish(0, 1);
        log.finish(0, 1);
        assertThat(log.attempt(0).steps()).isEqualTo(5);
        assertThat(log.attempt(0).stepTo()).isEqualTo(25);
        log.finish(0, 1);
        assertThat(log.member(0).status()).isEqualTo(Status.STOPPED);
        assertThat(log.member(0).trained()).isEqualTo(25);
    }

    @Test
    void theTargetEndsAnAsynchronousStudyAtOnceAndASynchronousOneAfterTheRound() {
        Budget budget = new Budget(100, Optional.empty(), Optional.of(0.9));
        for (Mode mode : Mode.values()) {
            Study toy = ToyLog.study().build();
            ToyLog log = new ToyLog(Study.named("target", toy.space(), toy.objective(), budget, 10)
                    .population(2)
                    .mode(mode)
                    .build());
            log.finish(0, 0.9);
            if (mode == Mode.SYNCHRONOUS) {
                assertThat(log.state.end()).isEmpty();
                log.finish(1, 0.1);
            }
            assertThat(log.state.end()).contains(Event.End.TARGET);
        }
    }

    @Test
    void whoeverFailedForGoodIsReplaced() {
        ToyLog log = new ToyLog(ToyLog.study().attempts(1).build());
        log.fail(0, Event.Fault.TRAINER);
        assertThat(decisions(log, 0).get(0))
                .as("nobody to copy yet: it is drawn anew")
                .isInstanceOf(Decision.Explore.class);
        log.finish(1, 1);
        log.fail(0, Event.Fault.TRAINER);
        Decision.Exploit exploit = (Decision.Exploit) decisions(log, 0).get(1);
        assertThat(exploit.donor().index()).isEqualTo(1);
        assertThat(log.attempt(0).parent()).isEqualTo(log.member(1).parent());
        assertThat(log.state.tally().failedIntervals()).isEqualTo(2);
    }

    @Test
    void whenNobodyHasAValidScoreEverybodyGoesBackToTheBest() {
        ToyLog log = new ToyLog(ToyLog.study().mode(Mode.SYNCHRONOUS).build());
        for (double score : new double[] {1, 2, Double.NaN}) {
            for (int member = 0; member < 4; member++) {
                log.finish(member, score + member);
            }
        }
        ReadyPoint best = log.state.population().best().orElseThrow();
        assertThat(best.fitness()).isEqualTo(5);
        for (int member = 0; member < 4; member++) {
            assertThat(log.attempt(member).parent()).isEqualTo(best.checkpoint());
        }
    }

    @Test
    void inRandomSearchNobodyCopiesWhateverHappens() {
        ToyLog log = new ToyLog(ToyLog.study().strategy(Pbt.randomSearch()).build());
        log.finish(0, 1);
        log.finish(0, Double.NaN);
        log.fail(1, Event.Fault.TRAINER);
        log.fail(1, Event.Fault.TRAINER);
        log.fail(1, Event.Fault.TRAINER);
        assertThat(decisions(log, 0)).hasOnlyElementsOfType(Decision.Continue.class);
        assertThat(decisions(log, 1)).hasOnlyElementsOfType(Decision.Continue.class);
    }

    @Test
    void nothingEquallyGoodIsCopied() {
        for (Mode mode : Mode.values()) {
            ToyLog log = new ToyLog(ToyLog.study().mode(mode).build());
            while (log.state.end().isEmpty()) {
                for (int member = 0; member < 4; member++) {
                    log.finish(member, 0);
                }
            }
            assertThat(log.state.tally().exploits()).isZero();
            assertThat(log.state.tally().explores()).as("they go on looking").isPositive();
            for (Member member : log.state.population()) {
                assertThat(member.last()
                                .orElseThrow()
                                .checkpoint()
                                .orElseThrow()
                                .member())
                        .as("all ancestors are left")
                        .isEqualTo(member.id());
            }
        }
    }

    /** No model trains past the budget, however far ahead the copied one is. */
    @Test
    void theBudgetIsOfWeights() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        for (int interval = 0; interval < 8; interval++) {
            log.finish(3, 10);
            log.finish(2, 9);
        }
        log.finish(1, 8);
        log.finish(0, 1);
        assertThat(log.attempt(0).stepFrom()).as("it copied").isEqualTo(80);
        log.finish(0, 1);
        assertThat(log.attempt(0).stepTo()).isLessThanOrEqualTo(100);
        log.finish(3, 10);
        log.finish(3, 10);
        assertThat(log.member(3).status()).isEqualTo(Status.STOPPED);
        log.finish(1, 0);
        assertThat(log.member(1).status())
                .as("who would copy a finished model stops")
                .isEqualTo(Status.STOPPED);
    }

    /** A ready member waits, and what was reported meanwhile counts. */
    @Test
    void whatIsDecidedLateRestsOnAllThatWasReported() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        Event.IntervalFinished first = ToyLog.finished(log.attempt(0), 1, ToyLog.execution(0));
        log.append(first);
        assertThat(Decisions.decide(log.state, new MemberId(0))).isEmpty();
        assertThat(Decisions.decideLate(log.state, new MemberId(0)).get(0).decision())
                .isInstanceOf(Decision.Continue.class);
        for (int member = 1; member < 4; member++) {
            log.append(ToyLog.finished(log.attempt(member), 2, ToyLog.execution(member)));
        }
        assertThat(Decisions.decideLate(log.state, new MemberId(0)).get(0).decision())
                .isInstanceOf(Decision.Exploit.class);
        assertThat(Decisions.end(log.state)).as("somebody waits").isEmpty();
    }

    /** Anyone can derive each decision of a log again from what precedes it. */
    @Test
    void everyDecisionCanBeDerivedAgain() {
        Property.holds("derived again", 20, random -> {
            Mode mode = random.chance(0.5) ? Mode.ASYNCHRONOUS : Mode.SYNCHRONOUS;
            Study study = ToyLog.study()
                    .population(2 + random.index(8))
                    .mode(mode)
                    .seed(random.nextLong())
                    .build();
            ToyLog log = new ToyLog(study);
            log.trainToTheEnd();
            StudyState state = StudyState.initial(study);
            List<Event.Decided> due = new ArrayList<>();
            for (Event event : log.events) {
                if (event instanceof Event.Decided) {
                    assertThat(event).isEqualTo(due.remove(0));
                } else {
                    assertThat(due).isEmpty();
                }
                state = state.after(event);
                if (event instanceof Event.IntervalFinished finished) {
                    due.addAll(ToyLog.decisions(state, finished.attempt().member()));
                }
            }
            ToyLog.assertSame(state, log.state);
            for (Member member : state.population()) {
                assertThat(member.trained()).isLessThanOrEqualTo(study.budget().steps());
                assertThat(member.stepFrom()).isLessThanOrEqualTo(study.budget().steps());
            }
        });
    }

    private static List<Decision> decisions(ToyLog log, int member) {
        List<Decision> decisions = new ArrayList<>();
        for (Event event : log.events) {
            if (event instanceof Event.Decided decided && decided.member().index() == member) {
                decisions.add(decided.decision());
            }
        }
        return decisions;
    }
}
