package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.strategy.Rules;
import org.junit.jupiter.api.Test;

/** What becomes of a study in which nothing works from the start. */
class FailingStartTest {
    private static void diverge(ToyLog log, int member) {
        log.finish(member, Double.NaN);
    }

    private static void crash(ToyLog log, int member) {
        log.fail(member, Event.Fault.TRAINER);
    }

    @Test
    void itDrawsAnewAndEndsWhenEnoughHasFailed() {
        for (Mode mode : Mode.values()) {
            for (BiConsumer<ToyLog, Integer> end :
                    List.<BiConsumer<ToyLog, Integer>>of(FailingStartTest::diverge, FailingStartTest::crash)) {
                ToyLog log = new ToyLog(ToyLog.study().mode(mode).attempts(1).build());
                Set<Hyperparameters> tried = new HashSet<>();
                trainToTheEnd(log, tried, end);
                assertThat(log.state.end()).contains(Event.End.FAILURE);
                assertThat(log.state.tally().failedIntervals()).isEqualTo(16);
                assertThat(tried).as("each interval tries something else").hasSize(16);
            }
        }
    }

    @Test
    void eachConfigurationIsTriedAsOftenAsTheStudyAllows() {
        ToyLog log = new ToyLog(ToyLog.study().attempts(3).build());
        trainToTheEnd(log, new HashSet<>(), FailingStartTest::crash);
        assertThat(log.state.tally().failedAttempts()).isEqualTo(3 * 16);
    }

    @Test
    void theFailuresAllowedAreTwoForEachMemberWithinLimits() {
        assertThat(Decisions.failuresFromTheStart(ToyLog.study().population(2).build()))
                .isEqualTo(16);
        assertThat(Decisions.failuresFromTheStart(ToyLog.study().population(9).build()))
                .isEqualTo(18);
        assertThat(Decisions.failuresFromTheStart(ToyLog.study().population(50).build()))
                .isEqualTo(100);
        assertThat(Decisions.failuresFromTheStart(ToyLog.study().population(999).build()))
                .isEqualTo(100);
    }

    @Test
    void anAmendmentMayHaveMendedItAndFailuresCountAnew() {
        Study mended = ToyLog.study().attempts(1).seed(7).build();
        ToyLog log = new ToyLog(ToyLog.study().attempts(1).build().before("mended", mended));
        trainToTheEnd(log, new HashSet<>(), FailingStartTest::crash);
        AmendmentTest.amend(log, mended, List.of(new Event.Change("seed", Optional.of("0"), Optional.of("7"))), true);
        assertThat(log.state.end()).isEmpty();
        trainToTheEnd(log, new HashSet<>(), FailingStartTest::crash);
        assertThat(log.state.end()).contains(Event.End.FAILURE);
        assertThat(log.state.tally().failedIntervals()).isEqualTo(16);
    }

    @Test
    void whereSomebodyHasHadAScoreItGoesOn() {
        ToyLog log = new ToyLog(ToyLog.study().attempts(1).build());
        log.finish(3, 1);
        trainToTheEnd(log, new HashSet<>(), FailingStartTest::diverge);
        assertThat(log.state.end()).contains(Event.End.BUDGET);
        assertThat(log.state.tally().failedIntervals()).isGreaterThan(30);
    }

    @Test
    void aNameThatNobodyReportsIsAFailureInTheEnd() {
        ToyLog log = new ToyLog(ToyLog.study().absences(2).build());
        trainToTheEnd(log, new HashSet<>(), ToyLog::finishWithoutScore);
        assertThat(log.state.end()).contains(Event.End.FAILURE);
        assertThat(log.state.tally().intervals()).isEqualTo(2 * 4 + 16);
    }

    @Test
    void byTheFirstRulesItGoesOnToTheEnd() {
        ToyLog log = new ToyLog(ToyLog.study().rules(Rules.V1).build());
        trainToTheEnd(log, new HashSet<>(), FailingStartTest::diverge);
        assertThat(log.state.end()).contains(Event.End.BUDGET);
    }

    @Test
    void whoIsDrawnAnewSaysSo() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        log.finish(0, Double.NaN);
        Decision decision = ((Event.Decided) log.events.get(log.events.size() - 1)).decision();
        assertThat(decision).isInstanceOf(Decision.Explore.class);
        assertThat(decision.reason())
                .isEqualTo(
                        "It has no valid score (the trainer reported score = NaN) and there is nobody to copy yet: it is drawn anew");
    }

    private static void trainToTheEnd(ToyLog log, Set<Hyperparameters> tried, BiConsumer<ToyLog, Integer> end) {
        while (log.state.end().isEmpty()) {
            for (Member member : log.state.population()) {
                int index = member.id().index();
                if (log.state.end().isEmpty() && log.member(index).status() == Status.TRAINING) {
                    tried.add(log.member(index).hyperparameters());
                    end.accept(log, index);
                }
            }
        }
    }
}
