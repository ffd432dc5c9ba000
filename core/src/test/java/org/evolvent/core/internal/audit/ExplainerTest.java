package org.evolvent.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.internal.audit.Explanation.Change;
import org.evolvent.core.internal.audit.Explanation.How;
import org.evolvent.core.internal.exploit.Average;
import org.evolvent.core.internal.exploit.EqualProgress;
import org.evolvent.core.internal.exploit.Gap;
import org.evolvent.core.internal.exploit.SameStep;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.ToyLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainerTest {
    private static Explanation explained(Study study, List<Event> log, MemberId member, int interval) {
        Explainer explainer = new Explainer(study, member, interval, true);
        log.forEach(explainer);
        return explainer.explanation().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void everyDecisionIsExplained(Mode mode) {
        Study study = Logs.study(mode, 3);
        List<Event> log = Logs.eventful(study);
        int copies = 0;
        int factors = 0;
        for (int i = 0; i < log.size(); i++) {
            if (!(log.get(i) instanceof Event.Decided decided)
                    || (log.get(i - 1) instanceof Event.Decided before
                            && before.member().equals(decided.member()))) {
                continue;
            }
            Explanation explanation = explained(study, log, decided.member(), decided.interval());
            assertThat(explanation.event()).isEqualTo(i + 1L);
            assertThat(explanation.agrees()).isTrue();
            assertThat(explanation.derived()).isPresent();
            assertThat(explanation.logged().get(0)).isEqualTo(decided.decision());
            assertThat(explanation.key())
                    .isEqualTo(new Randomness(study.seed())
                            .key(Purpose.DECISION, decided.member().index(), decided.interval()));
            assertThat(explanation.point().member()).isEqualTo(decided.member());
            assertThat(explanation.point().interval()).isEqualTo(decided.interval());
            explanation.fact("rank").ifPresent(rank -> assertThat(rank).isEqualTo((long) explanation.rank()));
            Optional<Decision.Exploit> copy = explanation.copy();
            if (copy.isPresent()) {
                copies++;
                assertThat(explanation.ranking().subList(0, explanation.top()))
                        .extracting(ReadyPoint::member)
                        .contains(copy.get().donor());
                if (explanation.point().score().isValid()) {
                    assertThat(explanation.rank()).isGreaterThanOrEqualTo(explanation.bottom());
                }
            }
            for (Change change : explanation.changes()) {
                if (change.factor().isPresent()) {
                    factors++;
                }
                if (change.how() == How.KEPT) {
                    assertThat(change.next()).isEqualTo(change.own());
                } else {
                    assertThat(copy).isPresent();
                }
                if (change.name().equals("rate") && change.factor().isPresent()) {
                    double factor = change.factor().get();
                    assertThat(Math.abs(StrictMath.log(factor))).isCloseTo(StrictMath.log(1.25), within(1e-9));
                }
            }
        }
        assertThat(copies).isGreaterThan(5);
        assertThat(factors).isGreaterThan(5);
    }

    /** Seen: the donor "ranks 1", and is fourth in the table of everybody's latest results, which nobody had compared. */
    @ParameterizedTest
    @MethodSource
    void whatIsRankedIsWhatWasCompared(Exploit exploit) {
        Study study = ToyLog.study()
                .population(7)
                .mode(Mode.ASYNCHRONOUS)
                .strategy(new Pbt(exploit, Perturb.standard(), Pbt.Copied.EVERYTHING))
                .build();
        List<Event> log = Logs.eventful(study);
        int copies = 0;
        for (Event event : log) {
            if (event instanceof Event.Decided decided
                    && decided.decision() instanceof Decision.Exploit copy
                    && copy.evidence().facts().containsKey("rank")) {
                Explanation explanation = explained(study, log, decided.member(), decided.interval());
                int donorRank = ((Number) copy.evidence().facts().get("donor_rank")).intValue();
                assertThat(explanation.ranking().get(donorRank - 1).member()).isEqualTo(copy.donor());
                assertThat(explanation.fact("rank")).hasValue((long) explanation.rank());
                assertThat(explanation.fact("members")).hasValue((long) explanation.members());
                assertThat(explanation.fact("fitness"))
                        .hasValue(explanation.judged().fitness());
                copies++;
            }
        }
        assertThat(copies).isGreaterThan(2);
    }

    static List<Exploit> whatIsRankedIsWhatWasCompared() {
        Exploit truncation = new Truncation(0.25);
        return List.of(
                new SameStep(truncation),
                new EqualProgress(truncation),
                new Average(truncation, 3),
                new Gap(new SameStep(truncation), 1e-9, 0, 0));
    }

    /** The first is ahead, and best today; when it had done as much as the last, two others were better. */
    @Test
    void whatWasComparedAtEqualProgressIsNotTodaysRanking() {
        Study study = ToyLog.study()
                .mode(Mode.ASYNCHRONOUS)
                .strategy(new Pbt(new EqualProgress(new Truncation(0.25)), Perturb.standard(), Pbt.Copied.EVERYTHING))
                .build();
        ToyLog log = new ToyLog(study);
        log.finish(0, 1);
        log.finish(0, 10);
        log.finish(1, 5);
        log.finish(2, 3);
        log.finish(3, 0);
        Explanation explanation = explained(study, log.events, new MemberId(3), 0);
        assertThat(explanation.copy().orElseThrow().donor()).isEqualTo(new MemberId(1));
        assertThat(explanation.ranking())
                .extracting(point -> point.member().index())
                .containsExactly(1, 2, 0, 3);
        assertThat(explanation.fact("donor_rank")).hasValue(1L);
    }

    @Test
    void aLieIsNotExplainedAway() {
        Study study = Logs.study(Mode.SYNCHRONOUS, 3);
        List<Event> log = new ArrayList<>(Logs.eventful(study));
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit exploit) {
                log.set(
                        i,
                        new Event.Decided(
                                decided.member(),
                                decided.interval(),
                                new Decision.Continue(exploit.reason(), exploit.evidence())));
                log.subList(i + 1, log.size()).clear();
                assertThat(explained(study, log, decided.member(), decided.interval())
                                .agrees())
                        .isFalse();
                return;
            }
        }
        throw new AssertionError("Nobody copies in this log");
    }

    @Test
    void whatIsNotThereIsNotExplained() {
        Study study = Logs.study(Mode.ASYNCHRONOUS, 3);
        Explainer explainer = new Explainer(study, new MemberId(2), 99, true);
        List<Event> log = Logs.eventful(study);
        log.forEach(explainer);
        assertThat(explainer.explanation()).isEmpty();
        assertThat(explained(study, log, new MemberId(2), explainer.latest().orElseThrow())
                        .logged())
                .singleElement()
                .isInstanceOf(Decision.Stop.class);
    }

    /** Of each hyperparameter it is told where it comes from. */
    @Test
    void changesAreToldApart() {
        SearchSpace space = new SearchSpace(List.of(
                new Parameter("kept", new Reals(0, 1, Scale.LINEAR), false),
                new Parameter("copied", new Reals(0, 1, Scale.LINEAR), false),
                new Parameter("moved", new Reals(0, 1, Scale.LINEAR), false),
                new Parameter("scaled", new Reals(1, 100, Scale.LOG), false),
                new Parameter("units", new Ints(1, 100, Scale.LOG), false),
                new Parameter("drawn", new Reals(1, 100, Scale.LOG), false)));
        Hyperparameters own = values(0.5, 0.5, 0.5, 10, 10, 10);
        Hyperparameters donors = values(0.5, 0.6, 0.5, 20, 20, 20);
        Hyperparameters next = values(0.5, 0.6, 0.7, 25, 30, 40);
        Decision exploit = new Decision.Exploit(new MemberId(1), 0, Optional.empty(), own, donors, "", Evidence.NONE);
        Decision explore = new Decision.Explore(donors, next, "", Evidence.NONE.with("resampled", List.of("drawn")));
        List<Change> changes = Explanation.changes(space, own, List.of(exploit, explore));
        assertThat(changes)
                .extracting(Change::how)
                .containsExactly(How.KEPT, How.COPIED, How.MOVED, How.MOVED, How.MOVED, How.DRAWN);
        assertThat(changes)
                .extracting(change -> change.factor().orElse(0.0))
                .containsExactly(0.0, 0.0, 0.0, 1.25, 1.5, 0.0);
        assertThat(changes)
                .extracting(Change::inherited)
                .containsExactlyElementsOf(donors.values().values());
        assertThat(Explanation.changes(space, own, List.of(new Decision.Continue("", Evidence.NONE))))
                .extracting(Change::how)
                .containsOnly(How.KEPT);
    }

    private static Hyperparameters values(
            double kept, double copied, double moved, double scaled, int units, double drawn) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("kept", Value.of(kept));
        values.put("copied", Value.of(copied));
        values.put("moved", Value.of(moved));
        values.put("scaled", Value.of(scaled));
        values.put("units", Value.of(units));
        values.put("drawn", Value.of(drawn));
        return Hyperparameters.of(values);
    }

    /** Who could be drawn and who is replaced, as far as the strategy says. */
    @Test
    void theEndsOfTheRankingAreToldFromTheEvidence() {
        Explanation selected = explanation(Evidence.NONE.with("selected", 2));
        assertThat(selected.top()).isEqualTo(2);
        assertThat(selected.bottom()).isEqualTo(9);
        Explanation both = explanation(Evidence.NONE.with("selected", 2).with("top", 4));
        assertThat(both.top()).as("no more than there are donors").isEqualTo(3);
        assertThat(both.member()).isEqualTo(new MemberId(2));
        assertThat(both.rank()).isEqualTo(3);
        Explanation silent = explanation(Evidence.NONE.with("top", "many"));
        assertThat(silent.top()).isZero();
        assertThat(silent.bottom()).isEqualTo(11);
    }

    /** Ten members, of which three have weights and a valid score. */
    private static Explanation explanation(Evidence evidence) {
        List<ReadyPoint> ranking = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Optional<CheckpointRef> weights =
                    Optional.of(new CheckpointRef(new MemberId(i), 0, 10, new CheckpointId("0123456789abcdef")));
            ranking.add(new ReadyPoint(
                    new MemberId(i),
                    0,
                    10,
                    i < 4 ? new Score.Valid(-i) : new Score.Invalid("NaN"),
                    -i,
                    List.of(),
                    Hyperparameters.of(Map.of()),
                    i == 1 ? Optional.empty() : weights));
        }
        return new Explanation(
                1,
                ranking.get(2),
                10,
                ranking,
                0,
                List.of(new Decision.Continue("", evidence)),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** Where a class of the user's own explores, what was compared is the exploit operator's to say all the same. */
    @Test
    void whoCannotAskTheStrategyShowsWhatWasComparedAllTheSame() {
        Study study = ToyLog.study()
                .population(7)
                .mode(Mode.ASYNCHRONOUS)
                .strategy(new Pbt(new SameStep(new Truncation(0.25)), Perturb.standard(), Pbt.Copied.EVERYTHING))
                .build();
        List<Event> log = Logs.eventful(study);
        for (Event event : log) {
            if (event instanceof Event.Decided decided) {
                Explainer explainer = new Explainer(study, decided.member(), decided.interval(), false);
                log.forEach(explainer);
                Explanation shown = explainer.explanation().orElseThrow();
                assertThat(shown.ranking())
                        .isEqualTo(explained(study, log, decided.member(), decided.interval())
                                .ranking());
            }
        }
    }

    @Test
    void whoCannotAskTheStrategyExplainsTheRest() {
        Study study = Logs.study(Mode.SYNCHRONOUS, 3);
        List<Event> log = Logs.eventful(study);
        Explainer explainer = new Explainer(study, new MemberId(0), 1, false);
        log.forEach(explainer);
        Explanation explanation = explainer.explanation().orElseThrow();
        assertThat(explanation.derived()).isEmpty();
        assertThat(explanation.agrees()).isTrue();
        assertThat(explanation.logged()).isNotEmpty();
        assertThat(explanation.members()).isEqualTo(7);
    }
}
