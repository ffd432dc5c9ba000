package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.internal.ForwardingExecutor;
import org.evolvent.runtime.internal.simulated.SimulatedCheckpointStore;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.runtime.internal.simulated.SimulatedExecutor;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer.Outcome;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study that is asked to finish keeps what was trained, and comes to the same end. */
class FinishTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final InMemoryEventStore log = new InMemoryEventStore();
    private final SimulatedCheckpointStore checkpoints = new SimulatedCheckpointStore();
    private final List<Attempt> started = new ArrayList<>();
    private final List<Attempt> asked = new ArrayList<>();
    private long stepsTrained;

    private static Study study(Mode mode) {
        SearchSpace space = new SearchSpace(List.of(new Parameter("rate", new Reals(0.001, 1, Scale.LOG), false)));
        return Study.named("finish", space, new Objective("sum", Objective.Goal.MAXIMIZE), Budget.ofSteps(60), 20)
                .population(5)
                .mode(mode)
                .build();
    }

    /** Many small steps in a row come to the same as all at once. */
    private Outcome train(Attempt attempt, Optional<Object> weights) {
        double sum = weights.map(Double.class::cast).orElse(0.0);
        for (long step = 0; step < attempt.steps(); step++) {
            sum += attempt.hyperparameters().real("rate");
        }
        stepsTrained += attempt.steps();
        return new Outcome(sum, Map.of("sum", sum), List.of());
    }

    /** Runs until a time is over, and then asks to finish. */
    private StudyState run(Study study, InMemoryEventStore events, Duration time) {
        SimulatedExecutor executor = new SimulatedExecutor(this::train, checkpoints, SimulatedCosts.ofSlots(3), 1);
        StudyDriver[] driver = new StudyDriver[1];
        Executor limited = new Limited(executor, time, () -> driver[0].finish(PATIENCE));
        driver[0] = StudyDriver.of(study, events, checkpoints, limited)
                .clock(executor)
                .background(Runnable::run)
                .listener(new StudyListener() {})
                .driver();
        return driver[0].run();
    }

    /** Says once that its time is over, and notes who was started and who was asked to finish. */
    private final class Limited extends ForwardingExecutor {
        private final SimulatedExecutor inner;
        private final Duration time;
        private final Runnable over;

        Limited(SimulatedExecutor inner, Duration time, Runnable over) {
            super(inner);
            this.inner = inner;
            this.time = time;
            this.over = over;
        }

        @Override
        public void start(Attempt attempt) {
            started.add(attempt);
            super.start(attempt);
        }

        @Override
        public void finish(Attempt attempt) {
            asked.add(attempt);
            super.finish(attempt);
        }

        @Override
        public List<ExecutorEvent> await(Duration atMost) {
            Duration left = time.minus(Duration.ofSeconds(inner.instant().getEpochSecond()));
            if (left.isZero() || left.isNegative()) {
                over.run();
                return inner.await(Duration.ZERO);
            }
            return inner.await(atMost.compareTo(left) < 0 ? atMost : left);
        }
    }

    private static List<Object> results(InMemoryEventStore events) {
        List<Object> results = new ArrayList<>();
        for (Event event : events.events()) {
            if (event instanceof Event.IntervalFinished finished) {
                Attempt attempt = finished.attempt();
                results.add(List.of(
                        attempt.member(),
                        attempt.interval(),
                        attempt.stepFrom(),
                        attempt.stepTo(),
                        attempt.hyperparameters(),
                        finished.score()));
            }
        }
        return results;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 19, 20, 33})
    void aSynchronousStudyComesToTheSameEnd(int seconds) {
        Study study = study(Mode.SYNCHRONOUS);
        InMemoryEventStore undisturbed = new InMemoryEventStore();
        run(study, undisturbed, Duration.ofDays(1));
        int sessions = 0;
        for (StudyState state = run(study, log, Duration.ofSeconds(seconds));
                state.end().isEmpty();
                state = run(study, log, Duration.ofSeconds(seconds))) {
            sessions++;
            assertThat(sessions).as("it gets on").isLessThan(500);
            Set<CheckpointId> needed = state.population().reachable();
            assertThat(checkpoints.list()).as("what is needed is kept").containsAll(needed);
        }
        assertThat(sessions).isPositive();
        assertThat(results(log)).isEqualTo(results(undisturbed));
        Auditor auditor = Auditor.deriving(study, "finish");
        log.events().forEach(auditor);
        assertThat(auditor.finding()).isEmpty();
    }

    @Test
    void nothingIsTrainedTwice() {
        Study study = study(Mode.ASYNCHRONOUS);
        int sessions = 0;
        while (run(study, log, Duration.ofSeconds(7)).end().isEmpty()) {
            sessions++;
        }
        assertThat(sessions).isGreaterThan(5);
        long logged = log.events().stream()
                .filter(Event.IntervalFinished.class::isInstance)
                .mapToLong(event -> ((Event.IntervalFinished) event).attempt().steps())
                .sum();
        assertThat(stepsTrained).isEqualTo(logged);
        assertThat(log.events()).noneMatch(Event.AttemptFailed.class::isInstance);
    }

    /** It may still wait for a slot, and would begin when another one makes room. */
    @Test
    void whoWasStartedLastIsAskedFirst() {
        run(study(Mode.ASYNCHRONOUS), log, Duration.ofSeconds(25));

        List<Attempt> latestFirst = new ArrayList<>(started);
        latestFirst.retainAll(asked);
        Collections.reverse(latestFirst);
        assertThat(asked).hasSize(3).isEqualTo(latestFirst);
    }
}
