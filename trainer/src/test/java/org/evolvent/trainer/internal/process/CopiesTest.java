package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.trainer.internal.Allowance;
import org.evolvent.trainer.internal.Evaluations;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies of a trainer that draws random numbers, moves in rollouts and can evaluate. */
@NeedsProgram("python3")
class CopiesTest {
    private static final int MEMBERS = 8;
    private static final long BUDGET = 60;

    @TempDir
    Path directory;

    private static Study.Builder study(Rules rules) {
        SearchSpace space =
                new SearchSpace(List.of(new Parameter("learning_rate", new Reals(0.001, 1, Scale.LOG), false)));
        return Study.named("wander", space, new Objective("score", Objective.Goal.MAXIMIZE), Budget.ofSteps(BUDGET), 10)
                .population(MEMBERS)
                .strategy(Catalogue.builtIn()
                        .strategy(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.5)), "explore", "none")))
                .mode(Mode.SYNCHRONOUS)
                .rules(rules)
                .seed(3);
    }

    private StudyState run(Study study, int slots, int evaluations, InMemoryEventStore events, StudyListener listener) {
        try (PlainCheckpoints checkpoints =
                        new PlainCheckpoints(directory.resolve("checkpoints-" + events.hashCode()));
                ProcessExecutor executor = new ProcessExecutor(
                        Python.launch("wanderer.py", directory, slots),
                        List.of(),
                        () -> new Evaluations(evaluations, new Allowance(0)),
                        checkpoints,
                        InstantSource.system())) {
            return StudyDriver.of(study, events, checkpoints, executor)
                    .clock(InstantSource.system())
                    .listener(listener)
                    .run();
        }
    }

    private static List<Event.IntervalFinished> finished(InMemoryEventStore events) {
        return events.events().stream()
                .filter(Event.IntervalFinished.class::isInstance)
                .map(Event.IntervalFinished.class::cast)
                .toList();
    }

    private static Set<Double> lastScores(StudyState end) {
        Set<Double> scores = new HashSet<>();
        for (Member member : end.population()) {
            scores.add(member.last().orElseThrow().fitness());
        }
        return scores;
    }

    @Test
    void copiesOfOneCheckpointGoOnWithRandomStreamsOfTheirOwn() {
        StudyState end = run(study(Rules.LATEST).build(), 2, 0, new InMemoryEventStore(), new StudyListener() {});
        assertThat(end.tally().exploits()).isPositive();
        assertThat(lastScores(end)).hasSize(MEMBERS);
        // By the first rules they had none, and what was copied trained alike.
        StudyState before = run(study(Rules.V1).build(), 2, 0, new InMemoryEventStore(), new StudyListener() {});
        assertThat(before.tally().exploits()).isPositive();
        assertThat(lastScores(before)).hasSizeLessThan(MEMBERS);
    }

    @Test
    void anIntervalEndsAtTheFirstPointAtOrBeyondItsSteps() {
        InMemoryEventStore events = new InMemoryEventStore();
        StudyState end = run(study(Rules.LATEST).build(), 2, 0, events, new StudyListener() {});
        assertThat(end.end()).contains(Event.End.BUDGET);
        assertThat(end.tally().failedAttempts()).isZero();
        assertThat(finished(events))
                .allSatisfy(event -> assertThat(event.attempt().steps()).isEqualTo(12));
        for (Member member : end.population()) {
            assertThat(member.trained()).isBetween(BUDGET, BUDGET + 3);
        }
        ReadyPoint best = end.population().best().orElseThrow();
        List<Lineage.Segment> schedule =
                Lineage.of(events.events()).schedule(new Lineage.Node(best.member(), best.interval()));
        assertThat(schedule.get(schedule.size() - 1).toStep()).isEqualTo(best.step());
        Event.StudyCreated created = (Event.StudyCreated) events.events().get(0);
        Auditor auditor = Auditor.deriving(study(Rules.LATEST).build(), created.definition());
        events.events().forEach(auditor);
        auditor.end();
        assertThat(auditor.finding()).isEmpty();
    }

    /** Neither where members run nor what is evaluated on the way may be seen in what is decided. */
    @Test
    void evaluationsTellWhatWasSavedAndChangeNothing() {
        InMemoryEventStore without = new InMemoryEventStore();
        run(study(Rules.LATEST).build(), 1, 0, without, new StudyListener() {});
        InMemoryEventStore with = new InMemoryEventStore();
        List<ExecutorEvent.Restored> restored = new ArrayList<>();
        run(study(Rules.LATEST).build(), 2, 3, with, new StudyListener() {
            @Override
            public void reported(ExecutorEvent event) {
                if (event instanceof ExecutorEvent.Restored each) {
                    restored.add(each);
                }
            }
        });
        // How many more than the first there is time for depends on how long they take.
        assertThat(restored).hasSizeBetween(1, 2 * 3);
        for (ExecutorEvent.Restored each : restored) {
            Attempt attempt = each.attempt();
            assertThat(finished(with).stream()
                            .filter(event -> Optional.of(event.checkpoint())
                                    .equals(attempt.parent().map(ref -> ref.id())))
                            .map(Event.IntervalFinished::metrics))
                    .contains(each.metrics());
            if (!each.replaced().isEmpty()) {
                assertThat(finished(with).stream().map(Event.IntervalFinished::metrics))
                        .contains(each.replaced());
            }
        }
        // A process that was late may not have trained anything before.
        assertThat(restored).anyMatch(each -> !each.replaced().isEmpty());
        assertThat(StateDigest.of(with.events())).isEqualTo(StateDigest.of(without.events()));
    }

    /** A copy on a slot that has the donor's weights at hand, hyperparameters and all, is told of its stream as well. */
    @Test
    void aCopyOfWeightsAtHandTrainsLikeOneOfRestoredWeights() {
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"))) {
            ExecutorEvent.Done hot;
            Attempt copy;
            try (ProcessExecutor executor = executor(checkpoints)) {
                ExecutorEvent.Done donor = (ExecutorEvent.Done) Attempts.run(executor, Attempts.first(0, 0));
                Attempt next = Attempts.after(donor, 1, donor.attempt().hyperparameters());
                copy = new Attempt(
                        new MemberId(1),
                        next.interval(),
                        0,
                        donor.steps(),
                        10,
                        next.hyperparameters(),
                        Optional.of(new CheckpointRef(
                                new MemberId(0),
                                0,
                                donor.steps(),
                                donor.checkpoint().id())),
                        next.seed(),
                        Optional.of(4711),
                        Optional.empty());
                hot = (ExecutorEvent.Done) Attempts.run(executor, copy);
            }
            try (ProcessExecutor executor = executor(checkpoints)) {
                ExecutorEvent.Done restored = (ExecutorEvent.Done) Attempts.run(executor, copy);
                assertThat(restored.metrics()).isEqualTo(hot.metrics());
            }
        }
    }

    /** What a restore brings back is in question there, and weights at hand would tell nothing of it. */
    @Test
    void anAttemptOnTheSideRestoresWhatIsAtHand() {
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor = executor(checkpoints)) {
            ExecutorEvent.Done donor = (ExecutorEvent.Done) Attempts.run(executor, Attempts.first(0, 0));
            Attempt next = Attempts.after(donor, 0, donor.attempt().hyperparameters());
            Attempt aside = new Attempt(
                    next.member(),
                    next.interval(),
                    Attempt.ON_THE_SIDE,
                    donor.steps(),
                    10,
                    next.hyperparameters(),
                    next.parent(),
                    next.seed());
            executor.start(aside);
            assertThat(Attempts.await(executor, event -> event instanceof ExecutorEvent.Restored || event.isEnd()))
                    .isInstanceOf(ExecutorEvent.Restored.class);
        }
    }

    /** Evaluates what is restored first. */
    private ProcessExecutor executor(PlainCheckpoints checkpoints) {
        return new ProcessExecutor(
                Python.launch("wanderer.py", directory, 1),
                List.of(),
                () -> new Evaluations(1, new Allowance(0)),
                checkpoints,
                InstantSource.system());
    }

    @Tag("slow")
    @Test
    void intervalsMayHaveATime() {
        InMemoryEventStore events = new InMemoryEventStore();
        Study study = Study.named(
                        "wander",
                        study(Rules.LATEST).build().space(),
                        new Objective("score", Objective.Goal.MAXIMIZE),
                        Budget.ofSteps(100),
                        100)
                .population(2)
                .intervalTime(Duration.ofMillis(100))
                .build();
        StudyState end = run(study, 2, 0, events, new StudyListener() {});
        assertThat(end.end()).contains(Event.End.BUDGET);
        assertThat(end.tally().failedAttempts()).isZero();
        assertThat(finished(events))
                .hasSizeGreaterThan(2)
                .allSatisfy(event -> assertThat(event.attempt().steps()).isBetween(1L, 40L));
        for (Member member : end.population()) {
            // Who would copy what has spent the budget stops where it is.
            assertThat(member.stepFrom()).isBetween(1L, 103L);
        }
        assertThat(end.population().best().orElseThrow().step()).isPositive();
    }
}
