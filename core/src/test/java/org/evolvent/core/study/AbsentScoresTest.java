package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interval that reports no score says nothing against its weights. */
class AbsentScoresTest {
    private static final int LEAST_COPIES = 10;

    @Test
    void theBestReportsNothingOnceAndKeepsItsWeightsAndItsPlace() {
        for (Mode mode : Mode.values()) {
            ToyLog log = new ToyLog(ToyLog.study().mode(mode).build());
            round(log, 4, 3, 2, 1);
            log.finishWithoutScore(0);
            Member silent = log.member(0);
            ReadyPoint point = silent.last().orElseThrow();
            assertThat(point.score()).isEqualTo(new Score.Valid(4));
            assertThat(point.absences()).isEqualTo(1);
            assertThat(point.step()).isEqualTo(20);
            assertThat(point.checkpoint()).isEqualTo(silent.parent()).isPresent();
            assertThat(point.metrics()).containsEntry("score", 4.0);
            assertThat(log.state.population().ranking().rankOf(point))
                    .as("beside member 3, which has copied it")
                    .isLessThanOrEqualTo(1);
            assertThat(log.state.population().best().orElseThrow().interval())
                    .as("weights that were never measured are no best model")
                    .isZero();
            round(log, Double.NEGATIVE_INFINITY, 5, 2, 1);
            Decision decision = decisions(log, 0, 1).get(0);
            assertThat(decision).isInstanceOf(Decision.Continue.class);
            assertThat(decision.reason())
                    .isEqualTo(
                            "It reported no 'score' in 1 of at most 10 intervals in a row: it goes on and keeps its score");
            assertThat(decision.evidence().facts()).containsEntry("absences", 1L);
            assertThat(log.state.tally().failedIntervals()).isZero();
            assertThat(decisions(log, 3, 1).get(0)).isInstanceOf(Decision.Exploit.class);
        }
    }

    @Test
    void whoHasNeverReportedIsNotKnown() {
        ToyLog log = new ToyLog(ToyLog.study().absences(2).build());
        log.finishWithoutScore(0);
        ReadyPoint point = log.member(0).last().orElseThrow();
        assertThat(point.score())
                .isEqualTo(new Score.Absent("the trainer reported no metric 'score' (it reported [loss])"));
        assertThat(point.isDonor()).isFalse();
        assertThat(log.state.population().ranking().valid()).isZero();
        assertThat(decisions(log, 0, 0)).hasExactlyElementsOfTypes(Decision.Continue.class);
        log.finish(0, 1);
        assertThat(log.member(0).last().orElseThrow().absences()).isZero();
    }

    @Test
    void tooManyInARowAreAFailureAndAScoreForgivesThem() {
        for (int most = 0; most < 4; most++) {
            ToyLog log = new ToyLog(ToyLog.study().absences(most).build());
            round(log, 4, 3, 2, 1);
            for (int i = 0; i < most; i++) {
                log.finishWithoutScore(0);
            }
            log.finish(0, 5);
            for (int i = 0; i < most; i++) {
                log.finishWithoutScore(0);
                assertThat(decisions(log, 0, log.member(0).interval() - 1).get(0))
                        .isInstanceOf(Decision.Continue.class);
            }
            log.finishWithoutScore(0);
            assertThat(log.state.tally().failedIntervals()).isEqualTo(1);
            Decision.Exploit copy = (Decision.Exploit)
                    decisions(log, 0, log.member(0).interval() - 1).get(0);
            assertThat(copy.donor().index()).isNotZero();
            assertThat(copy.reason())
                    .contains("no metric 'score' (it reported [loss]), %s times in a row".formatted(most + 1));
            assertThat(log.member(0).last().orElseThrow().absences())
                    .as("what it has copied has a score")
                    .isZero();
        }
    }

    @Test
    void aCopyOfWeightsWhoseScoreIsOldHasNoMorePatienceThanTheirs() {
        ToyLog log = new ToyLog(ToyLog.study().absences(2).build());
        round(log, 4, 3, 2, 1);
        log.finishWithoutScore(0);
        log.finish(3, Double.NaN);
        assertThat(log.member(3).last().orElseThrow().absences()).isEqualTo(1);
        log.finishWithoutScore(3);
        log.finishWithoutScore(3);
        assertThat(log.state.tally().failedIntervals()).isEqualTo(2);
    }

    @Test
    void whatIsLostIsReplacedByTheBestThatWasMeasured() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        round(log, 4, 3, 2, 1);
        ReadyPoint best = log.state.population().best().orElseThrow();
        log.finishWithoutScore(0);
        log.lose(new Event.CheckpointsLost(
                List.of(best.checkpoint().orElseThrow().id()), List.of(), "gone", Instant.EPOCH));
        assertThat(log.state.population().best().orElseThrow().member().index()).isEqualTo(1);
    }

    @Test
    void byTheFirstRulesNothingIsAbsent() {
        Study first = ToyLog.study().rules(Rules.V1).build();
        assertThat(first.scoreOf(Map.of("loss", 1.0))).isInstanceOf(Score.Invalid.class);
        ToyLog log = new ToyLog(first);
        round(log, 4, 3, 2, 1);
        log.finishWithoutScore(0);
        assertThat(decisions(log, 0, 1).get(0)).isInstanceOf(Decision.Exploit.class);
    }

    @Test
    void aStudyFoldAndADigestKnowAbsentScores() {
        Study study = ToyLog.study().build();
        ToyLog log = new ToyLog(study);
        round(log, 4, 3, 2, 1);
        log.finishWithoutScore(0);
        StudyFold fold = new StudyFold(StudyState.initial(study));
        log.events.forEach(fold::add);
        ToyLog.assertSame(fold.state(), log.state);
        ToyLog other = new ToyLog(study);
        round(other, 4, 3, 2, 1);
        other.finish(0, Double.NaN);
        assertThat(StateDigest.of(log.events)).isNotEqualTo(StateDigest.of(other.events));
    }

    private static final List<Map<String, Object>> STRATEGIES = strategies();

    private static List<Map<String, Object>> strategies() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (var exploit : Catalogue.builtIn().exploits()) {
            Map<String, Object> options =
                    exploit.name().equals("non_dominated") ? Map.of("minimize", List.of("size")) : Map.of();
            if (exploit.name().equals("none")) {
                all.add(Map.of("exploit", "none"));
                continue;
            }
            for (String compare : List.of("same_step", "latest", "equal_progress")) {
                all.add(Map.of("exploit", Map.of(exploit.name(), options), "compare", compare));
            }
        }
        all.add(Map.of("exploit", Map.of("truncation", Map.of(), "gap", Map.of("deviations", 0.5))));
        all.add(Map.of("exploit", Map.of("truncation", Map.of(), "backtrack", true)));
        for (String explore : List.of("pb2", "trust_region", "pairwise")) {
            all.add(Map.of("explore", Map.of(explore, Map.of())));
        }
        all.add(Map.of("mf_pbt", Map.of("periods", List.of(1, 2))));
        all.add(Map.of("mo_pbt", Map.of("minimize", List.of("size"))));
        all.add(Map.of("fire", Map.of("period", 2)));
        all.add(Map.of("ipbt", Map.of()));
        return all;
    }

    /** Who copies has just reported a score, however many others have not; who has not goes on as it is. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2})
    void noAbsenceMakesAnybodyCopy(double share) {
        for (Map<String, Object> options : STRATEGIES) {
            Strategy strategy = Catalogue.builtIn().strategy(options);
            int[] copies = {0};
            Property.holds(options.toString() + share, 1, random -> {
                for (Mode mode : Mode.values()) {
                    copies[0] += copies(strategy, mode, share, random).size();
                }
            });
            boolean isIdle = options.toString().contains("none");
            assertThat(copies[0]).as(options.toString()).isGreaterThanOrEqualTo(isIdle ? 0 : LEAST_COPIES);
        }
    }

    /** By last known scores, nobody copies outside of those that truncation selects. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2})
    void whoCopiesIsAmongTheLosersByLastKnownScore(double share) {
        Strategy latest = Catalogue.builtIn().strategy(Map.of("exploit", "truncation", "compare", "latest"));
        int[] copies = {0};
        Property.holds("losers" + share, 20, random -> {
            for (Mode mode : Mode.values()) {
                for (Copy copy : copies(latest, mode, share, random)) {
                    assertThat(copy.better).isGreaterThanOrEqualTo(11 - 2);
                    copies[0]++;
                }
            }
        });
        assertThat(copies[0]).isGreaterThan(LEAST_COPIES);
    }

    /** A copy, and how many others had better last known scores. */
    private record Copy(int member, long better) {}

    /** Returns the copies of a study of 11 members of whose scores a share is absent, after 9 intervals each. */
    private static List<Copy> copies(Strategy strategy, Mode mode, double share, RandomStream random) {
        Study toy = ToyLog.study().build();
        Study study = Study.named("absent", toy.space(), toy.objective(), Budget.ofSteps(100), 10)
                .population(11)
                .mode(mode)
                .strategy(strategy)
                .seed(random.nextLong())
                .build();
        StudyState state = StudyState.initial(study).after(StudyState.firstPopulation(study));
        Map<Integer, Double> known = new HashMap<>();
        Map<Integer, Boolean> reported = new HashMap<>();
        List<Copy> copies = new ArrayList<>();
        while (state.end().isEmpty()) {
            List<Integer> training = new ArrayList<>();
            for (Member member : state.population()) {
                if (member.status() == Status.TRAINING) {
                    training.add(member.id().index());
                }
            }
            Attempt attempt = state.attempt(new MemberId(training.get(random.index(training.size()))));
            int index = attempt.member().index();
            boolean silent = random.chance(share);
            double score = score(attempt);
            Map<String, Double> metrics = silent
                    ? Map.of("loss", 1.0)
                    : Map.of("score", score, "size", attempt.hyperparameters().real("dropout"));
            state = state.after(new Event.IntervalFinished(
                    attempt,
                    study.scoreOf(metrics),
                    metrics,
                    silent ? List.of() : List.of(score - 0.01, score, score + 0.01),
                    new CheckpointId("%016x".formatted(Randomness.mix(attempt.seed() + attempt.interval()))),
                    1,
                    ToyLog.execution(index)));
            reported.put(index, !silent);
            if (!silent) {
                known.put(index, score);
            }
            Map<Integer, Double> before = Map.copyOf(known);
            for (Event.Decided decided : ToyLog.decisions(state, attempt.member())) {
                int who = decided.member().index();
                state = state.after(decided);
                if (!reported.getOrDefault(who, false)) {
                    assertThat(decided.decision()).isInstanceOfAny(Decision.Continue.class, Decision.Stop.class);
                }
                if (decided.decision() instanceof Decision.Exploit copy) {
                    double own = before.get(who);
                    copies.add(new Copy(
                            who,
                            before.values().stream()
                                    .filter(other -> other > own)
                                    .count()));
                    if (copy.weights().isPresent()) {
                        known.put(who, before.get(copy.donor().index()));
                    }
                }
            }
            Optional<Event.End> end = Decisions.end(state);
            if (end.isPresent()) {
                state = state.after(new Event.StudyEnded(end.get(), Instant.EPOCH));
            }
        }
        return copies;
    }

    private static double score(Attempt attempt) {
        double distance = StrictMath.log10(attempt.hyperparameters().real("rate")) + 3;
        return attempt.stepTo() * 0.01 - distance * distance;
    }

    /** Lets everybody report, negative infinity excepted. */
    private static void round(ToyLog log, double... scores) {
        IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .filter(i -> Double.isNaN(scores[i]) || scores[i] > Double.NEGATIVE_INFINITY)
                .forEach(i -> log.finish(i, scores[i]));
    }

    private static List<Decision> decisions(ToyLog log, int member, int interval) {
        return log.events.stream()
                .filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast)
                .filter(decided -> decided.member().index() == member && decided.interval() == interval)
                .map(Event.Decided::decision)
                .toList();
    }
}
