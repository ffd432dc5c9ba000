package org.evolvent.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.internal.audit.WhatIf.Because;
import org.evolvent.core.internal.audit.WhatIf.Otherwise;
import org.evolvent.core.internal.audit.WhatIf.Result;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.ToyLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhatIfTest {
    private static final Map<String, ?> RANDOM_SEARCH = Map.of("random_search", Map.of());
    private static final Map<String, ?> ASHA = Map.of("asha", Map.of("eta", 2));

    private static final List<Map<String, ?>> STRATEGIES = List.of(
            Map.of(),
            RANDOM_SEARCH,
            ASHA,
            Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.4))),
            Map.of("explore", Map.of("perturb", Map.of("factors", List.of(0.5, 2.0)))),
            Map.of("exploit", "tournament", "compare", "equal_progress"),
            Map.of("exploit", Map.of("truncation", Map.of(), "backtrack", true), "explore", "pairwise"),
            Map.of("mf_pbt", Map.of("periods", List.of(1, 2))),
            Map.of("ipbt", Map.of()),
            Map.of("fire", Map.of("period", 2)),
            Map.of("grid", Map.of()));

    private static Study study(Mode mode, Map<String, ?> strategy, long seed) {
        return ToyLog.study()
                .population(8)
                .mode(mode)
                .strategy(Catalogue.builtIn().strategy(strategy))
                .seed(seed)
                .build();
    }

    private static List<Event> log(Study study) {
        ToyLog log = new ToyLog(study);
        log.trainToTheEnd();
        return log.events;
    }

    private static Result asked(Study study, List<Event> log, Study other) {
        WhatIf whatIf = new WhatIf(study, other);
        log.forEach(whatIf);
        return whatIf.result();
    }

    @ParameterizedTest
    @EnumSource
    void theSameStudyDecidesTheSame(Mode mode) {
        Study study = Logs.study(mode, 3);
        List<Event> log = Logs.eventful(study);
        Result result = asked(study, log, study);
        assertThat(result.decisions()).isGreaterThan(50);
        assertThat(result.equal()).isEqualTo(result.decisions());
        assertThat(result.equalInPlace()).isEqualTo(result.decisions());
        assertThat(result.horizon()).isEmpty();
        assertThat(result.first()).isEmpty();
        assertThat(result.otherKinds()).isEqualTo(result.recordedKinds());
    }

    /** The proof of what is claimed: the other study is run for good, and decided so wherever that was said before the horizon. */
    @ParameterizedTest
    @EnumSource
    void whatIsSaidBeforeTheHorizonIsWhatHappens(Mode mode) {
        long equal = 0;
        long different = 0;
        Set<Because> reasons = new HashSet<>();
        for (long seed = 0; seed < 3; seed++) {
            for (Map<String, ?> options : STRATEGIES) {
                Study study = study(mode, options, seed);
                List<Event> log = log(study);
                for (Map<String, ?> others : STRATEGIES) {
                    Study other = study(mode, others, seed);
                    Result result = asked(study, log, other);
                    check(result, log, log(other));
                    equal += result.equal();
                    different += result.different();
                    result.horizon().ifPresent(horizon -> reasons.add(horizon.because()));
                }
            }
        }
        assertThat(equal).isGreaterThan(different).isGreaterThan(3_500);
        assertThat(different).isGreaterThan(200);
        assertThat(reasons).contains(Because.ANOTHER_RESULT, Because.GOES_ON);
    }

    private static void check(Result result, List<Event> log, List<Event> truth) {
        Map<String, List<Decision>> recorded = decisions(log);
        Map<String, List<Decision>> happened = decisions(truth);
        Set<String> said = new HashSet<>();
        for (Otherwise otherwise : result.first()) {
            String point = otherwise.member() + "/" + otherwise.interval();
            said.add(point);
            assertThat(log.get((int) otherwise.event() - 1)).isInstanceOf(Event.Decided.class);
            assertThat(otherwise.recorded()).isEqualTo(recorded.get(point));
            assertThat(otherwise.other()).as(point).isEqualTo(happened.get(point));
        }
        long end = result.horizon().map(WhatIf.Horizon::event).orElse((long) log.size() + 1);
        long equal = 0;
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < end - 1; i++) {
            if (log.get(i) instanceof Event.Decided decided) {
                String point = decided.member() + "/" + decided.interval();
                if (seen.add(point) && !said.contains(point) && happened.containsKey(point)) {
                    equal++;
                    assertThat(effects(happened.get(point))).as(point).isEqualTo(effects(recorded.get(point)));
                }
            }
        }
        assertThat(result.equal()).isEqualTo(equal);
        assertThat(result.equal() + result.different() + result.notComparable()).isEqualTo(result.decisions());
        assertThat(result.decisions()).isEqualTo(recorded.size());
    }

    private static Map<String, List<Decision>> decisions(List<Event> log) {
        Map<String, List<Decision>> decisions = new HashMap<>();
        for (Event event : log) {
            if (event instanceof Event.Decided decided) {
                decisions
                        .computeIfAbsent(decided.member() + "/" + decided.interval(), point -> new ArrayList<>())
                        .add(decided.decision());
            }
        }
        return decisions;
    }

    private static List<Decision> effects(List<Decision> decisions) {
        return decisions.stream()
                .<Decision>map(decision -> decision instanceof Decision.Exploit e
                        ? new Decision.Exploit(
                                e.donor(), e.donorInterval(), e.weights(), e.before(), e.after(), "", Evidence.NONE)
                        : decision instanceof Decision.Explore e
                                ? new Decision.Explore(e.before(), e.after(), "", Evidence.NONE)
                                : decision instanceof Decision.Stop
                                        ? new Decision.Stop("", Evidence.NONE)
                                        : new Decision.Continue("", Evidence.NONE))
                .toList();
    }

    /** Who stops others changes no result of those that go on. */
    @ParameterizedTest
    @EnumSource
    void whatOnlyStopsIsComparedToTheEnd(Mode mode) {
        Study study = study(mode, RANDOM_SEARCH, 3);
        Result result = asked(study, log(study), study(mode, ASHA, 3));
        assertThat(result.horizon()).isEmpty();
        assertThat(result.different()).isPositive();
        assertThat(result.first())
                .allSatisfy(otherwise ->
                        assertThat(otherwise.other()).singleElement().isInstanceOf(Decision.Stop.class));
        assertThat(result.recordedKinds()).containsOnlyKeys("continue", "stop");
    }

    @Test
    void anotherSeedChangesDecisionsAndNotTheBeginning() {
        Study study = study(Mode.SYNCHRONOUS, Map.of(), 3);
        Result result = asked(study, log(study), study.withSeed(4));
        assertThat(result.others()).isEmpty();
        assertThat(result.different()).isPositive();
        assertThat(result.equalInPlace()).isBetween(result.equal(), result.decisions() - result.different());
        WhatIf.Horizon horizon = result.horizon().orElseThrow();
        assertThat(horizon.because()).isEqualTo(Because.ANOTHER_RESULT);
        assertThat(horizon.event()).isGreaterThan(result.first().get(0).event());
    }

    @Test
    void whoBeginsOtherwiseIsSaid() {
        Study study = study(Mode.ASYNCHRONOUS, RANDOM_SEARCH, 3);
        Result result = asked(study, log(study), study(Mode.ASYNCHRONOUS, Map.of("grid", Map.of()), 3));
        assertThat(result.others()).isNotEmpty();
        assertThat(result.equalInPlace()).isEqualTo(result.decisions());
        assertThat(result.horizon()).isPresent();
    }

    /** Once the ways have parted, what was lost may have been held by others. */
    @Test
    void aLossAfterADifferenceIsAHorizon() {
        Study study = study(Mode.ASYNCHRONOUS, RANDOM_SEARCH, 3);
        ToyLog log = new ToyLog(study);
        CheckpointId lost = null;
        for (int i = 0; i < 8; i++) {
            log.finish(i, -i);
            lost = log.member(i).parent().orElseThrow().id();
        }
        log.lose(new Event.CheckpointsLost(List.of(lost), List.of(), "it rotted", Instant.EPOCH));
        int end = log.events.size();
        log.trainToTheEnd();
        assertThat(asked(study, log.events, study).horizon()).isEmpty();
        Result parted = asked(study, log.events, study(Mode.ASYNCHRONOUS, Map.of("exploit", "truncation"), 3));
        assertThat(parted.different()).isPositive();
        assertThat(parted.horizon()).contains(new WhatIf.Horizon(end, new MemberId(0), Because.LOSS));
    }

    @Test
    void nothingFollowsOnTheEndOfTheOtherStudy() {
        Study study = study(Mode.ASYNCHRONOUS, RANDOM_SEARCH, 3);
        ToyLog log = new ToyLog(study);
        log.finish(0, 0.1);
        log.finish(1, 0.7);
        int reached = log.events.size();
        log.finish(2, 0.2);
        Study easy = Study.named(
                        study.name(),
                        study.space(),
                        study.objective(),
                        new Budget(study.budget().steps(), Optional.empty(), Optional.of(0.5)),
                        study.intervalSteps())
                .population(8)
                .strategy(study.strategy())
                .seed(3)
                .build();
        Result result = asked(study, log.events, easy);
        assertThat(result.horizon()).contains(new WhatIf.Horizon(reached + 1L, new MemberId(2), Because.OVER));
        assertThat(result.equal()).isEqualTo(2);
        assertThat(result.notComparable()).isEqualTo(1);
        assertThat(result.equalInPlace()).isEqualTo(3);
    }

    @Test
    void kindsAreCounted() {
        Study study = study(Mode.ASYNCHRONOUS, RANDOM_SEARCH, 3);
        List<Event> log = log(study);
        Result result = asked(study, log, study(Mode.ASYNCHRONOUS, Map.of(), 3));
        assertThat(result.recordedKinds()).containsOnlyKeys("continue", "stop");
        assertThat(result.otherKinds()).containsKeys("continue", "exploit", "stop");
        assertThat(result.otherKinds().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(result.decisions());
        assertThat(result.recordedKinds().get("stop")).isEqualTo(8);
        assertThat(result.equalInPlace()).isLessThan(result.decisions());
    }
}
