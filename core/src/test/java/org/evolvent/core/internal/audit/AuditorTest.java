package org.evolvent.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.ToyLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditorTest {
    /** Fields that say what the world did: no derivation knows better. They are true unless something rests on them. */
    private static final Set<String> FACTS = Set.of(
            "StudyCreated.at",
            "StudyResumed.at",
            "StudyEnded.at",
            "IntervalFinished.attempt.steps",
            "IntervalFinished.checkpoint",
            "IntervalFinished.checkpointBytes",
            "AttemptFailed.fault",
            "AttemptFailed.message",
            "CheckpointsLost.at",
            "CheckpointsLost.reason",
            "CheckpointsLost.stranded-",
            "CheckpointsLost.stranded[].index");

    @ParameterizedTest
    @EnumSource
    void aTrueLogIsClean(Mode mode) {
        for (long seed = 0; seed < 20; seed++) {
            Study study = Logs.study(mode, seed);
            List<Event> log = Logs.eventful(study, seed);
            Auditor auditor = Logs.audited(study, log);
            assertThat(auditor.finding()).as("seed %s", seed).isEmpty();
            assertThat(auditor.checked().events()).isEqualTo(log.size());
            assertThat(auditor.checked().derived())
                    .isEqualTo(
                            log.stream().filter(Event.Decided.class::isInstance).count());
            assertThat(auditor.state().end()).isPresent();
            Auditor trusting = Logs.trusted(study, log);
            assertThat(trusting.finding()).as("seed %s, trusting", seed).isEmpty();
            assertThat(trusting.checked().derived() + trusting.checked().consistent())
                    .isEqualTo(auditor.checked().derived());
            assertThat(trusting.checked().derived()).as("stops and burn-in").isPositive();
        }
    }

    /** Whatever is told otherwise is named by its number, unless it is a fact; then it is named where something rests on it. */
    @ParameterizedTest
    @EnumSource
    void everyLieIsNamed(Mode mode) {
        Study study = Logs.small(mode);
        List<Event> log = Logs.eventful(study);
        int told = 0;
        for (int i = 0; i < log.size(); i++) {
            for (Lies.Lie lie : Lies.about(log.get(i))) {
                List<Event> false_ = new ArrayList<>(log);
                false_.set(i, lie.told());
                Optional<Finding> finding = Logs.audited(study, false_).finding();
                told++;
                if (FACTS.contains(lie.field()) || lie.field().contains(".execution.")) {
                    int at = i;
                    finding.ifPresent(
                            found -> assertThat(found.event()).as(lie.field()).isGreaterThan(at));
                } else {
                    assertThat(finding).as("%s of event %s", lie.field(), i + 1).isPresent();
                    assertThat(finding.get().event())
                            .as("%s: %s", lie.field(), finding.get().message())
                            .isEqualTo(i + 1);
                    boolean words = lie.field().contains("decision.reason")
                            || lie.field().contains("decision.evidence")
                            || lie.field().equals("IntervalFinished.score.reason");
                    assertThat(finding.get().wordsOnly()).as(lie.field()).isEqualTo(words);
                }
            }
        }
        assertThat(told).isGreaterThan(1000);
    }

    /** A log without one event, with one twice, or with two in another order is either named or means the same. */
    @ParameterizedTest
    @EnumSource
    void everyOtherOrderIsNamed(Mode mode) {
        Study study = Logs.study(mode, 3);
        List<Event> log = Logs.eventful(study);
        for (int i = 0; i < log.size(); i++) {
            List<Event> without = new ArrayList<>(log);
            without.remove(i);
            check(study, log, without, i, "without");
            List<Event> twice = new ArrayList<>(log);
            twice.add(i, log.get(i));
            check(study, log, twice, i, "twice");
            if (i + 1 < log.size()) {
                List<Event> swapped = new ArrayList<>(log);
                swapped.set(i, log.get(i + 1));
                swapped.set(i + 1, log.get(i));
                check(study, log, swapped, i, "swapped");
            }
        }
    }

    private static void check(Study study, List<Event> log, List<Event> other, int index, String what) {
        Optional<Finding> finding = Logs.audited(study, other).finding();
        if (finding.isPresent()) {
            assertThat(finding.get().event()).as(what).isGreaterThan(index);
        } else {
            assertThat(StateDigest.of(other)).as("%s event %s", what, index + 1).isEqualTo(StateDigest.of(log));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLogEndsBetweenTransactions(Mode mode) {
        Study study = Logs.study(mode, 3);
        List<Event> log = Logs.eventful(study);
        for (int length = 0; length < log.size(); length++) {
            // Whoever is ready in an asynchronous study may wait for a slot, unless its budget is spent.
            boolean isWhole = length == 0
                    || !((log.get(length) instanceof Event.Decided decided
                                    && !waits(study, decided, log.get(length - 1)))
                            || log.get(length) instanceof Event.StudyEnded
                            || log.get(length) instanceof Event.PopulationCreated);
            Optional<Finding> finding =
                    Logs.audited(study, log.subList(0, length)).finding();
            assertThat(finding.isEmpty()).as("the first %s events", length).isEqualTo(isWhole);
            if (!isWhole) {
                assertThat(finding.get().event()).isEqualTo(length + 1L);
                assertThat(finding.get().message()).contains("nothing more");
            }
        }
    }

    private static boolean waits(Study study, Event.Decided next, Event before) {
        boolean isFirst =
                !(before instanceof Event.Decided decided && decided.member().equals(next.member()));
        boolean isSpent =
                next.decision() instanceof Decision.Stop stop && stop.reason().startsWith("Its budget");
        return study.decidesLate() && isFirst && !isSpent;
    }

    @Test
    void anotherDonorIsNamedThoughEverythingElseFits() {
        Study study = Logs.study(Mode.SYNCHRONOUS, 3);
        List<Event> log = Logs.eventful(study);
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit exploit) {
                MemberId other = new MemberId((exploit.donor().index() + 1) % study.population());
                List<Event> false_ = new ArrayList<>(log);
                false_.set(
                        i,
                        new Event.Decided(
                                decided.member(),
                                decided.interval(),
                                new Decision.Exploit(
                                        other,
                                        exploit.donorInterval(),
                                        exploit.weights(),
                                        exploit.before(),
                                        exploit.after(),
                                        exploit.reason().replace("member " + exploit.donor(), "member " + other),
                                        exploit.evidence())));
                Finding finding = Logs.audited(study, false_).finding().orElseThrow();
                assertThat(finding.event()).isEqualTo(i + 1L);
                assertThat(finding.what())
                        .isEqualTo("the donor of member %s after interval %s"
                                .formatted(decided.member(), decided.interval()));
                assertThat(finding.logged()).isEqualTo(other.toString());
                assertThat(finding.derived()).isEqualTo(exploit.donor().toString());
                assertThat(finding.wordsOnly()).isFalse();
                return;
            }
        }
        throw new AssertionError("Nobody copies in this log");
    }

    @Test
    void aValueOutsideItsDomainIsSaidToBe() {
        Study study = Logs.study(Mode.ASYNCHRONOUS, 3);
        List<Event> log = new ArrayList<>(Logs.eventful(study));
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof Event.Decided decided && decided.decision() instanceof Decision.Explore explore) {
                Decision outside = new Decision.Explore(
                        explore.before(),
                        explore.after().with("rate", new Value.Real(77)),
                        explore.reason(),
                        explore.evidence());
                log.set(i, new Event.Decided(decided.member(), decided.interval(), outside));
                for (Auditor auditor : List.of(Logs.audited(study, log), Logs.trusted(study, log))) {
                    Finding finding = auditor.finding().orElseThrow();
                    assertThat(finding.event()).isEqualTo(i + 1L);
                    assertThat(finding.what()).startsWith("rate of member " + decided.member());
                    assertThat(finding.logged()).isEqualTo("77.0 (Real)");
                    assertThat(finding.derived()).contains("float in [1.0E-5, 0.1]", "log");
                }
                return;
            }
        }
        throw new AssertionError("Nobody explores in this log");
    }

    /** What holds for every strategy is checked without asking it; what only it knows is taken as it is. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void aStrategyThatCannotBeAskedIsCheckedForConsistency(Mode mode) {
        Study study = Logs.small(mode);
        List<Event> log = Logs.eventful(study);
        int named = 0;
        for (int i = 0; i < log.size(); i++) {
            for (Lies.Lie lie : Lies.about(log.get(i))) {
                List<Event> false_ = new ArrayList<>(log);
                false_.set(i, lie.told());
                Optional<Finding> finding = Logs.trusted(study, false_).finding();
                boolean mustBeNamed =
                        (lie.field().startsWith("IntervalFinished.attempt") && !FACTS.contains(lie.field()))
                                || lie.field().startsWith("AttemptFailed.attempt")
                                || lie.field().startsWith("Decided.decision.before")
                                || lie.field().startsWith("Decided.decision.weights.")
                                || lie.field().startsWith("Decided.member")
                                || lie.field().startsWith("Decided.interval")
                                || lie.field().endsWith(":type");
                if (mustBeNamed) {
                    named++;
                    assertThat(finding).as("%s of event %s", lie.field(), i + 1).isPresent();
                    // An exploration may pass for another member's, until that one's comes.
                    boolean mayPass = lie.field().startsWith("Decided.member");
                    assertThat(finding.get().event())
                            .as("%s: %s", lie.field(), finding.get().message())
                            .isBetween(i + 1L, i + (mayPass ? 2L : 1L));
                } else {
                    int at = i;
                    finding.ifPresent(
                            found -> assertThat(found.event()).as(lie.field()).isGreaterThan(at));
                }
            }
        }
        assertThat(named).isGreaterThan(300);
    }

    @Test
    void theClockMayEndAStudyThatHasOne() {
        Study study = Logs.study(Mode.ASYNCHRONOUS, 3);
        ToyLog log = new ToyLog(study);
        log.finish(0, 0.5);
        log.append(new Event.StudyEnded(Event.End.WALL_CLOCK, Instant.EPOCH));
        assertThat(Logs.audited(study, log.events).finding().orElseThrow().derived())
                .isEqualTo("the study goes on");
        Study limited = Logs.limited(study, Duration.ofSeconds(1));
        assertThat(Logs.audited(limited, log.events).finding()).isEmpty();
    }

    @Test
    void noErrorComesAgainThatWasNotThere() {
        Study study = Logs.study(Mode.ASYNCHRONOUS, 3);
        ToyLog log = new ToyLog(study);
        log.fail(0, Event.Fault.TRAINER);
        log.fail(0, Event.Fault.TRAINER_AGAIN);
        assertThat(Logs.audited(study, log.events).finding()).isEmpty();
        log.fail(1, Event.Fault.TRAINER_AGAIN);
        Finding finding = Logs.audited(study, log.events).finding().orElseThrow();
        assertThat(log.events.get((int) finding.event() - 1)).isInstanceOf(Event.AttemptFailed.class);
        assertThat(finding.message()).contains("the fault of member 1", "the trainer's again");
    }

    @Test
    void inARoundResultsComeInTheirTurnAndWhatIsTriedAgainDoesNotWait() {
        Study study = Logs.study(Mode.SYNCHRONOUS, 3);
        ToyLog log = new ToyLog(study);
        log.fail(1, Event.Fault.TRAINER);
        log.fail(1, Event.Fault.PLACE);
        assertThat(Logs.audited(study, log.events).finding()).isEmpty();
        log.fail(1, Event.Fault.TRAINER_AGAIN);
        Finding finding = Logs.audited(study, log.events).finding().orElseThrow();
        assertThat(finding.event()).isEqualTo(log.events.size());
        assertThat(finding.message()).contains("whose turn it is in the round", "member 0");
    }

    @Test
    void theRestOfALogIsAuditedFromAState() {
        Study study = Logs.study(Mode.ASYNCHRONOUS, 3);
        List<Event> log = Logs.eventful(study);
        int length = log.size() - 1;
        while (!(log.get(length) instanceof Event.IntervalFinished)) {
            length--;
        }
        Auditor first = Logs.audited(study, log.subList(0, length));
        Auditor rest = Auditor.from(first.state(), length, true);
        log.subList(length, log.size()).forEach(rest);
        rest.end();
        assertThat(rest.finding()).isEmpty();
        assertThat(rest.checked().events()).isEqualTo(log.size());
        Auditor again = Auditor.from(first.state(), length, true);
        again.accept(new Event.Decided(new MemberId(0), 0, new Decision.Continue("no", Evidence.NONE)));
        assertThat(again.finding().orElseThrow().event()).isEqualTo(length + 1L);
    }

    @Test
    void strategiesThatRememberAreRebuilt() {
        for (String name : Catalogue.builtIn().strategyNames()) {
            for (Mode mode : Mode.values()) {
                Study study = ToyLog.study()
                        .population(8)
                        .mode(mode)
                        .strategy(Catalogue.builtIn()
                                .strategy(Map.of(
                                        name, name.equals("mo_pbt") ? Map.of("maximize", List.of("other")) : Map.of())))
                        .seed(5)
                        .build();
                assertThat(Logs.audited(study, Logs.eventful(study)).finding())
                        .as("%s, %s", name, mode)
                        .isEmpty();
            }
        }
    }
}
