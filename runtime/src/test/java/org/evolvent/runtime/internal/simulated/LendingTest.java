package org.evolvent.runtime.internal.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.junit.jupiter.api.Test;

/** Places that are waited for and taken away, in simulated time. A step takes a second. */
class LendingTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static SimulatedExecutor executor(int slots, SimulatedCosts.Lending lending) {
        return executor(slots, lending, 0, new SimulatedCheckpointStore());
    }

    private static SimulatedExecutor executor(
            int slots, SimulatedCosts.Lending lending, double failureRate, SimulatedCheckpointStore checkpoints) {
        SimulatedCosts costs = new SimulatedCosts(
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                Collections.nCopies(slots, 1.0),
                List.of(1.0),
                failureRate,
                100,
                0,
                lending);
        return new SimulatedExecutor(
                (attempt, weights) -> {
                    double score = (Double) weights.orElse(0.0)
                            + attempt.hyperparameters().values().hashCode() % 1000;
                    return new SimulatedTrainer.Outcome(score, Map.of("score", score), List.of());
                },
                checkpoints,
                costs,
                17);
    }

    private static Attempt attempt(int member, int number, long steps) {
        return new Attempt(
                new MemberId(member), 0, number, 0, steps, Hyperparameters.of(Map.of()), Optional.empty(), 17);
    }

    private static List<ExecutorEvent> next(SimulatedExecutor executor) {
        List<ExecutorEvent> events = executor.await(YEAR);
        while (events.isEmpty()) {
            events = executor.await(YEAR);
        }
        return events;
    }

    @Test
    void anAttemptWaitsForAPlace() {
        SimulatedExecutor executor = executor(1, new SimulatedCosts.Lending(MINUTE, 0, 0, 1));
        assertThat(executor.free(0)).isZero();
        executor.start(attempt(0, 0, 10));
        assertThat(executor.await(YEAR)).as("the place is there").isEmpty();
        Instant granted = executor.instant();
        assertThat(granted).isAfter(Instant.EPOCH);
        assertThat(next(executor)).singleElement().isInstanceOfSatisfying(ExecutorEvent.Done.class, done -> {
            assertThat(done.execution().startedAt()).isEqualTo(granted);
            assertThat(done.execution().finishedAt()).isEqualTo(granted.plusSeconds(10));
        });
        assertThat(executor.free(0)).isEqualTo(1);
        assertThat(executor.queued() + executor.utilisation()).isCloseTo(1, within(1e-9));
    }

    @Test
    void whoWaitsCanBeCancelled() {
        SimulatedExecutor executor = executor(1, new SimulatedCosts.Lending(MINUTE, 0, 0, 1));
        executor.start(attempt(0, 0, 10));
        executor.finish(attempt(0, 0, 10));
        assertThat(next(executor)).singleElement().isInstanceOf(ExecutorEvent.Lost.class);
        executor.start(attempt(1, 0, 10));
        assertThat(next(executor)).singleElement().isInstanceOf(ExecutorEvent.Done.class);
    }

    @Test
    void anAttemptIsLostWithItsPlaceAndAnotherOneIsAskedFor() {
        SimulatedExecutor executor = executor(1, new SimulatedCosts.Lending(MINUTE, 60, 0, 1));
        List<ExecutorEvent> ends = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            executor.start(attempt(0, number, 60));
            ends.addAll(next(executor));
        }
        assertThat(ends).hasSize(400);
        long lost = ends.stream()
                .filter(end -> end instanceof ExecutorEvent.Lost gone && gone.withPlace())
                .count();
        // A place lasts a minute on average, so that a minute's interval comes to its end with a chance of 1/e.
        assertThat(lost / 400.0).isCloseTo(1 - 1 / Math.E, within(0.08));
        assertThat(executor.lostPlaces()).isEqualTo(lost);
        double waited = executor.queued()
                * Duration.between(Instant.EPOCH, executor.instant()).toMillis()
                / 1e3;
        assertThat(waited / lost).as("seconds for a place").isCloseTo(60, within(10.0));
    }

    @Test
    void aNodeTakesAllItsSlotsAlong() {
        SimulatedExecutor executor = executor(5, new SimulatedCosts.Lending(Duration.ZERO, 0, 1, 3));
        for (int member = 0; member < 5; member++) {
            executor.start(attempt(member, 0, 1_000_000));
        }
        List<ExecutorEvent> first = next(executor);
        assertThat(first)
                .allMatch(end -> end instanceof ExecutorEvent.Lost lost && lost.withPlace())
                .extracting(end -> end.attempt().member().index())
                .isIn(List.of(0, 1, 2), List.of(3, 4));
        assertThat(executor.free(5 - first.size())).as("another node at once").isEqualTo(first.size());
    }

    /** Who has lost a place in a synchronous study begins again at once, and not when everybody before it is through. */
    @Test
    void lossesCostARoundOneIntervalAndDecideNothing() {
        Study study = rounds();
        Map<SimulatedCosts.Lending, Duration> took = new LinkedHashMap<>();
        Map<SimulatedCosts.Lending, List<String>> ended = new LinkedHashMap<>();
        SimulatedCosts.Lending lossy = new SimulatedCosts.Lending(MINUTE, 1, 0.1, 8);
        for (SimulatedCosts.Lending lending : List.of(SimulatedCosts.Lending.NONE, lossy)) {
            InMemoryEventStore log = new InMemoryEventStore();
            SimulatedCheckpointStore checkpoints = new SimulatedCheckpointStore();
            try (SimulatedExecutor executor = executor(20, lending, 0, checkpoints)) {
                StudyState end = StudyDriver.of(study, log, checkpoints, executor)
                        .clock(executor)
                        .run();
                assertThat(end.tally().failedAttempts()).isZero();
                assertThat(end.tally().lostAttempts() > 0).isEqualTo(lending.equals(lossy));
                took.put(lending, Duration.between(Instant.EPOCH, executor.instant()));
                // Names of simulated checkpoints are counted, and so differ.
                ended.put(
                        lending,
                        log.events().stream()
                                .filter(event -> event instanceof Event.Decided)
                                .map(event -> event.toString().replaceAll("id=[0-9a-f]+", "id"))
                                .toList());
            }
        }
        assertThat(ended.get(lossy)).hasSizeGreaterThan(100).isEqualTo(ended.get(SimulatedCosts.Lending.NONE));
        assertThat(took.get(SimulatedCosts.Lending.NONE)).isEqualTo(Duration.ofMinutes(5 * 2 * 10));
        assertThat(took.get(lossy)).isLessThan(Duration.ofMinutes(5 * 4 * 10));
    }

    @Test
    void whoFailsInARoundBeginsAgainAtOnce() {
        SimulatedCheckpointStore checkpoints = new SimulatedCheckpointStore();
        try (SimulatedExecutor executor = executor(20, SimulatedCosts.Lending.NONE, 0.1, checkpoints)) {
            StudyState end = StudyDriver.of(rounds(), new InMemoryEventStore(), checkpoints, executor)
                    .clock(executor)
                    .run();
            assertThat(end.tally().failedAttempts()).isGreaterThan(10);
            assertThat(executor.instant()).isBefore(Instant.EPOCH.plus(Duration.ofMinutes(5 * 4 * 10)));
        }
    }

    /** Five rounds of ten minutes, in which each of 20 slots trains two members. */
    private static Study rounds() {
        return Study.named(
                        "lost",
                        SearchSpace.of(Parameter.of("rate", Reals.linear(0, 1))),
                        Objective.maximize("score"),
                        Budget.ofSteps(3000),
                        600)
                .population(40)
                .mode(Mode.SYNCHRONOUS)
                .build();
    }

    @Test
    void whatNobodyCanLendIsRefused() {
        assertThatThrownBy(() -> new SimulatedCosts.Lending(MINUTE, -1, 0, 1)).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> new SimulatedCosts.Lending(MINUTE, 0, Double.NaN, 1))
                .hasMessageContaining("at least 0");
        assertThatThrownBy(() -> new SimulatedCosts.Lending(MINUTE, 0, 0, 0)).hasMessageContaining("at least 1");
    }
}
