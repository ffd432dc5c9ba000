package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.core.internal.audit.Finding;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Rules;
import org.evolvent.testkit.operator.Populations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmendmentTest {
    private static final List<Event.Change> STEPS =
            List.of(new Event.Change("budget.steps", Optional.of("100"), Optional.of("200")));
    private static final List<Event.Change> ALL = List.of(
            new Event.Change("population", Optional.of("4"), Optional.of("5")),
            new Event.Change("space.rate", Optional.empty(), Optional.of("another")));

    /** Strategies that do not look at the budget. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exploit: truncation, explore: perturb",
                "exploit: tournament, explore: mutate",
                "exploit: truncation, explore: pb2",
                "exploit: none, explore: none",
                "exploit: bands, explore: resample",
                "compare: equal_progress"
            })
    void aSynchronousStudyThatGetsMoreStepsDecidesAsOneThatHadThemFromTheStart(String strategy) {
        for (int seed = 0; seed < 3; seed++) {
            Study longer = study(strategy, seed, 200, Mode.SYNCHRONOUS).build();
            ToyLog whole = new ToyLog(longer);
            whole.trainToTheEnd();
            ToyLog extended = new ToyLog(
                    study(strategy, seed, 100, Mode.SYNCHRONOUS).build().before("longer", longer));
            extended.trainToTheEnd();
            assertThat(extended.state.end()).contains(Event.End.BUDGET);
            amend(extended, longer, STEPS, true);
            extended.trainToTheEnd();
            assertThat(decisions(extended)).as("seed %s", seed).isEqualTo(decisions(whole));
            ToyLog.assertSame(withoutStops(extended.state), withoutStops(whole.state));
            requireInOrder(extended);
        }
    }

    /** At any moment, in any mode, by all rules: the log stays derivable, and everybody ends. */
    @Test
    void studiesGoOnAsTheyAreAmended() {
        for (int seed = 0; seed < 40; seed++) {
            Mode mode = seed % 2 == 0 ? Mode.SYNCHRONOUS : Mode.ASYNCHRONOUS;
            Rules rules = seed % 5 == 0 ? Rules.V1 : Rules.LATEST;
            Study last = study("exploit: truncation", seed, 90 + seed % 3 * 60L, mode)
                    .rules(rules)
                    .population(4)
                    .build();
            Study second = new Study(
                    "second",
                    narrowed(),
                    last.objective(),
                    2 + seed % 6,
                    Budget.ofSteps(40 + seed * 5L),
                    7,
                    seed % 4 * 7L,
                    last.strategy(),
                    seed % 3 == 0 ? Mode.SYNCHRONOUS : Mode.ASYNCHRONOUS,
                    rules,
                    2,
                    3,
                    1,
                    List.of(),
                    seed,
                    Optional.empty());
            Study first =
                    study("exploit: truncation", seed, 100, mode).rules(rules).build();
            Study amended = new Study(
                    "third",
                    narrowed(),
                    last.objective(),
                    last.population(),
                    last.budget(),
                    last.intervalSteps(),
                    0,
                    last.strategy(),
                    last.mode(),
                    rules,
                    3,
                    10,
                    0,
                    List.of(),
                    seed,
                    Optional.empty());
            ToyLog log = new ToyLog(first.before("second", second.before("third", amended)));
            train(log, seed * 3);
            amend(log, second, ALL, seed % 2 == 0);
            requireInvariants(log);
            train(log, seed * 2);
            amend(log, amended, ALL, seed % 2 != 0);
            requireInvariants(log);
            log.trainToTheEnd();
            requireInvariants(log);
            requireInOrder(log);
            assertThat(StudyState.initial(log.begun).after(log.events).population())
                    .containsExactlyElementsOf(log.state.population());
        }
    }

    @Test
    void theWeakestLeaveAndNobodyCopiesThem() {
        Study two = study("exploit: truncation", 3, 200, Mode.SYNCHRONOUS)
                .population(2)
                .build();
        ToyLog log = new ToyLog(
                study("exploit: truncation", 3, 100, Mode.SYNCHRONOUS).build().before("two", two));
        log.trainToTheEnd();
        List<MemberId> ranked = new ArrayList<>();
        log.state.population().ranking().forEach(point -> ranked.add(point.member()));
        amend(log, two, ALL, true);
        assertThat(log.state.population().compared()).isEqualTo(2);
        assertThat(log.state.population().ranking())
                .hasSize(2)
                .allMatch(point -> ranked.subList(0, 2).contains(point.member()));
        log.trainToTheEnd();
        assertThat(log.state.population())
                .filteredOn(member -> member.status() == Status.LEFT)
                .hasSize(2)
                .allMatch(member -> member.parent().isEmpty() && member.last().isEmpty());
        assertThat(log.state.population().best()).isPresent();
    }

    @Test
    void whoJoinsBeginsFromTheBestOrFromNothing() {
        Study six = study("exploit: truncation", 3, 200, Mode.SYNCHRONOUS)
                .population(6)
                .build();
        for (boolean copies : List.of(true, false)) {
            ToyLog log = new ToyLog(study("exploit: truncation", 3, 100, Mode.SYNCHRONOUS)
                    .build()
                    .before("six", six));
            log.trainToTheEnd();
            Optional<CheckpointRef> best =
                    log.state.population().ranking().at(0).checkpoint();
            amend(log, six, ALL, copies);
            assertThat(log.member(4).parent()).isEqualTo(copies ? best : Optional.empty());
            assertThat(log.member(4).hyperparameters())
                    .isNotEqualTo(log.member(0).hyperparameters());
            log.trainToTheEnd();
            assertThat(log.member(5).status()).isEqualTo(Status.STOPPED);
        }
    }

    /** Out of a range the nearest, out of an ordered list the neighbour, and what is new is drawn. */
    @Test
    void membersOutsideOfAChangedSpaceMoveIntoIt() {
        SearchSpace before = SearchSpace.of(
                Parameter.of("rate", new Reals(0, 1, Scale.LINEAR)),
                Parameter.of("size", new Choice(List.of(new Value.Int(1), new Value.Int(2), new Value.Int(4)), true)));
        SearchSpace after = SearchSpace.of(
                Parameter.of("size", new Choice(List.of(new Value.Int(1), new Value.Int(2)), true)),
                Parameter.of("rate", new Reals(0.25, 0.5, Scale.LOG)),
                Parameter.of("more", Choice.flag()));
        Study.Builder one = Study.named("s", before, ToyLog.study().build().objective(), Budget.ofSteps(100), 10)
                .population(20);
        Study two = Study.named("s", after, ToyLog.study().build().objective(), Budget.ofSteps(100), 10)
                .population(20)
                .build();
        ToyLog log = new ToyLog(one.build().before("two", two));
        StudyState was = log.state;
        amend(log, two, ALL, true);
        boolean isMoved = false;
        for (Member member : log.state.population()) {
            Map<String, Value> old =
                    was.population().get(member.id()).hyperparameters().values();
            assertThat(two.space().contains(member.hyperparameters())).isTrue();
            double rate = ((Value.Real) old.get("rate")).value();
            assertThat(member.hyperparameters().real("rate")).isEqualTo(Math.min(0.5, Math.max(0.25, rate)));
            Value.Int size = (Value.Int) old.get("size");
            assertThat(member.hyperparameters().get("size")).isEqualTo(new Value.Int(Math.min(2, size.value())));
            isMoved |= size.value() == 4;
        }
        assertThat(isMoved).isTrue();
    }

    @Test
    void anAmendmentThatTheStudyDoesNotKnowIsNoneOfItsLog() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        assertThatThrownBy(() -> amend(log, ToyLog.study().population(5).build(), ALL, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("amendment");
    }

    private static Study.Builder study(String strategy, long seed, long steps, Mode mode) {
        Map<String, Object> options =
                new LinkedHashMap<>(Map.of("exploit", "truncation", "explore", "perturb", "compare", "latest"));
        for (String option : List.of(strategy.split(", ", -1))) {
            options.put(option.substring(0, option.indexOf(':')), option.substring(option.indexOf(' ') + 1));
        }
        return Study.named("toy", Populations.SPACE, ToyLog.study().build().objective(), Budget.ofSteps(steps), 10)
                .population(4)
                .strategy(Catalogue.builtIn().strategy(options))
                .mode(mode)
                .seed(seed);
    }

    private static SearchSpace narrowed() {
        return new SearchSpace(Populations.SPACE.parameters().stream()
                .map(parameter -> parameter.name().equals("rate")
                        ? Parameter.of("rate", new Reals(1e-3, 1e-2, Scale.LOG))
                        : parameter)
                .toList());
    }

    private static void train(ToyLog log, int intervals) {
        for (int i = 0; i < intervals && log.state.end().isEmpty(); i++) {
            for (Member member : log.state.population()) {
                if (member.status() == Status.TRAINING) {
                    log.finish(
                            member.id().index(),
                            ToyLog.formula(log.attempt(member.id().index())));
                    break;
                }
            }
        }
    }

    static void amend(ToyLog log, Study next, List<Event.Change> changes, boolean copies) {
        String definition =
                log.state.study().next().map(Study.Amended::definition).orElse("unknown");
        log.append(Amendment.of(log.state, definition, next, changes, copies, Instant.EPOCH));
        Event.StudyResumed resumed = new Event.StudyResumed(Instant.EPOCH);
        log.append(resumed);
        for (MemberId subject : Decisions.subjects(log.state, resumed)) {
            log.decide(subject.index());
        }
        if (log.state.end().isEmpty()) {
            Decisions.end(log.state).ifPresent(end -> log.append(new Event.StudyEnded(end, Instant.EPOCH)));
        }
    }

    private static void requireInOrder(ToyLog log) {
        Auditor auditor = Auditor.deriving(log.begun, "toy");
        log.events.forEach(auditor);
        auditor.end();
        assertThat(auditor.finding().map(Finding::message)).isEmpty();
    }

    private static void requireInvariants(ToyLog log) {
        Study study = log.state.study();
        int present = 0;
        for (Member member : log.state.population()) {
            if (member.isPresent()) {
                present++;
                assertThat(study.space().contains(member.hyperparameters())).isTrue();
            }
            if (member.status() == Status.TRAINING && log.state.end().isEmpty()) {
                assertThat(log.attempt(member.id().index()).steps()).isPositive();
            }
        }
        assertThat(present)
                .isEqualTo(study.population())
                .isEqualTo(log.state.population().compared());
        log.state
                .population()
                .ranking()
                .forEach(point -> assertThat(study.space().contains(point.hyperparameters()))
                        .isTrue());
    }

    private static List<Event> decisions(ToyLog log) {
        return log.events.stream()
                .filter(event ->
                        event instanceof Event.Decided decided && !(decided.decision() instanceof Decision.Stop))
                .toList();
    }

    private static StudyState withoutStops(StudyState state) {
        List<Member> members = new ArrayList<>();
        for (Member member : state.population()) {
            members.add(new Member(
                    member.id(),
                    member.status(),
                    member.interval(),
                    0,
                    0,
                    member.trained(),
                    member.hyperparameters(),
                    member.parent(),
                    member.ancestors(),
                    member.last()));
        }
        return new StudyState(
                state.study(),
                state.study().populationOf(members, state.population().best()),
                state.strategy(),
                state.training(),
                state.ready(),
                state.tally(),
                state.end());
    }
}
