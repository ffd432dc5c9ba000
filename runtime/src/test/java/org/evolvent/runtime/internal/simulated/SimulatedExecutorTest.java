package org.evolvent.runtime.internal.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.ExecutorEvent;
import org.junit.jupiter.api.Test;

/** A step takes a second, saving two, restoring three, a checkpoint has 100 bytes; weights are the steps behind them. */
class SimulatedExecutorTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final SimulatedCheckpointStore checkpoints = new SimulatedCheckpointStore();

    private SimulatedExecutor executor(List<Double> speeds, List<Double> memberSpeeds, double failureRate, int hot) {
        SimulatedCosts costs = new SimulatedCosts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                speeds,
                memberSpeeds,
                failureRate,
                100,
                hot);
        return new SimulatedExecutor(
                (attempt, weights) -> {
                    long steps = (long) weights.orElse(0L) + attempt.steps();
                    return new SimulatedTrainer.Outcome(steps, Map.of("steps", (double) steps), List.of(0.5));
                },
                checkpoints,
                costs,
                17);
    }

    private SimulatedExecutor executor(Double... speeds) {
        return executor(List.of(speeds), List.of(1.0), 0, Integer.MAX_VALUE);
    }

    private static Attempt attempt(int member, int interval, int number, long steps, Optional<CheckpointRef> parent) {
        return new Attempt(
                new MemberId(member),
                interval,
                number,
                parent.map(CheckpointRef::step).orElse(0L),
                steps,
                Hyperparameters.of(Map.of()),
                parent,
                17);
    }

    private static Attempt fresh(int member, long steps) {
        return attempt(member, 0, 0, steps, Optional.empty());
    }

    private static Optional<CheckpointRef> weightsOf(ExecutorEvent.Done done) {
        return Optional.of(new CheckpointRef(
                done.attempt().member(),
                done.attempt().interval(),
                done.attempt().stepTo(),
                done.checkpoint().id()));
    }

    private static ExecutorEvent.Done done(SimulatedExecutor executor, Attempt attempt) {
        executor.start(attempt);
        return (ExecutorEvent.Done) executor.await(DAY).get(0);
    }

    private static Instant second(long second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    @Test
    void jumpsToTheNextEnd() {
        SimulatedExecutor executor = executor(1.0, 2.0);
        assertThat(executor.slots()).isEqualTo(2);
        assertThat(executor.instant()).isEqualTo(Instant.EPOCH);
        executor.start(fresh(0, 10));
        executor.start(fresh(1, 10));
        ExecutorEvent.Done first = (ExecutorEvent.Done) executor.await(DAY).get(0);
        assertThat(first.attempt().member()).isEqualTo(new MemberId(1));
        assertThat(first.metrics()).containsEntry("steps", 10.0);
        assertThat(first.samples()).containsExactly(0.5);
        assertThat(first.checkpoint().bytes()).isEqualTo(100);
        assertThat(first.execution().slot()).isEqualTo(1);
        assertThat(first.execution().startedAt()).isEqualTo(Instant.EPOCH);
        assertThat(first.execution().finishedAt()).isEqualTo(second(5 + 2));
        assertThat(first.execution().training()).isEqualTo(Duration.ofSeconds(5));
        assertThat(executor.instant()).isEqualTo(second(7));
        assertThat(executor.await(DAY)).hasSize(1);
        assertThat(executor.instant()).isEqualTo(second(12));
    }

    @Test
    void trainsAsManyStepsAsFitIntoATime() {
        SimulatedExecutor executor = executor(2.0);
        Attempt whole = fresh(0, 10);
        for (long[] secondsAndSteps : new long[][] {{3, 6}, {100, 10}}) {
            ExecutorEvent.Done done = done(
                    executor,
                    new Attempt(
                            whole.member(),
                            0,
                            0,
                            0,
                            whole.steps(),
                            whole.hyperparameters(),
                            Optional.empty(),
                            17,
                            Optional.empty(),
                            Optional.of(Duration.ofSeconds(secondsAndSteps[0]))));
            assertThat(done.steps()).isEqualTo(secondsAndSteps[1]);
            assertThat(done.metrics()).containsEntry("steps", (double) secondsAndSteps[1]);
        }
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        SimulatedExecutor executor = executor(1.0);
        assertThat(executor.await(Duration.ofSeconds(5))).isEmpty();
        assertThat(executor.instant()).isEqualTo(second(5));
        executor.start(fresh(0, 10));
        assertThat(executor.await(Duration.ofSeconds(-1))).isEmpty();
        assertThat(executor.instant()).isEqualTo(second(5));
        assertThat(executor.await(Duration.ofSeconds(11))).isEmpty();
        assertThat(executor.instant()).isEqualTo(second(16));
        assertThat(executor.await(Duration.ofSeconds(1))).hasSize(1);
        assertThat(executor.instant()).isEqualTo(second(17));
    }

    @Test
    void reportsWhatEndsTogetherInTheOrderOfItsStart() {
        SimulatedExecutor executor = executor(1.0, 1.0, 1.0, 0.5);
        for (int member : List.of(2, 0, 1, 3)) {
            executor.start(fresh(member, 4));
        }
        assertThat(executor.await(DAY))
                .extracting(event -> event.attempt().member().index())
                .containsExactly(2, 0, 1);
        assertThat(executor.await(DAY)).hasSize(1);
    }

    @Test
    void membersHaveSpeedsOfTheirOwn() {
        SimulatedExecutor executor = executor(List.of(2.0), List.of(1.0, 0.5), 0, Integer.MAX_VALUE);
        assertThat(done(executor, fresh(0, 8)).execution().training()).isEqualTo(Duration.ofSeconds(4));
        assertThat(done(executor, fresh(1, 8)).execution().training()).isEqualTo(Duration.ofSeconds(8));
        assertThat(done(executor, fresh(2, 8)).execution().training()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void restoresWhatIsNotInMemory() {
        SimulatedExecutor executor = executor(1.0);
        ExecutorEvent.Done first = done(executor, fresh(0, 5));
        ExecutorEvent.Done own = done(executor, attempt(0, 1, 0, 5, weightsOf(first)));
        assertThat(own.metrics()).containsEntry("steps", 10.0);
        assertThat(executor.restores()).isZero();
        ExecutorEvent.Done copied = done(executor, attempt(1, 1, 0, 5, weightsOf(first)));
        assertThat(copied.metrics()).containsEntry("steps", 10.0);
        assertThat(executor.restores()).as("another member's").isEqualTo(1);
        done(executor, attempt(0, 2, 1, 5, weightsOf(own)));
        assertThat(executor.restores()).as("after a failure").isEqualTo(2);
        done(executor, attempt(0, 3, 0, 5, weightsOf(own)));
        assertThat(executor.restores()).as("an older one").isEqualTo(3);
        assertThat(executor.instant()).isEqualTo(second(5 * (5 + 2) + 3 * 3));
        assertThat(executor.utilisation()).isCloseTo(1, within(1e-12));
        assertThat(executor.efficiency()).isCloseTo(25.0 / 44, within(1e-12));
    }

    /** Of three members on one slot, the slot holds one, the memory beside it as many as are hot, the latest. */
    @Test
    void onlyTheHotStayInMemory() {
        for (int hot = 0; hot <= 3; hot++) {
            SimulatedExecutor executor = executor(List.of(1.0), List.of(1.0), 0, hot);
            List<ExecutorEvent.Done> last = new ArrayList<>();
            for (int member = 0; member < 3; member++) {
                last.add(done(executor, fresh(member, 5)));
            }
            for (int member = 2; member >= 0; member--) {
                last.set(member, done(executor, attempt(member, 1, 0, 5, weightsOf(last.get(member)))));
            }
            assertThat(executor.restores()).as("hot %s", hot).isEqualTo(Math.max(0, 2 - hot));
            done(executor, attempt(0, 2, 0, 5, weightsOf(last.get(0))));
            assertThat(executor.restores()).as("what the slot holds").isEqualTo(Math.max(0, 2 - hot));
        }
    }

    @Test
    void takesTheSlotThatHoldsTheWeights() {
        SimulatedExecutor executor = executor(List.of(1.0, 1.0), List.of(1.0), 0, 0);
        ExecutorEvent.Done zero = done(executor, fresh(0, 5));
        ExecutorEvent.Done one = done(executor, fresh(1, 5));
        assertThat(List.of(zero.execution().slot(), one.execution().slot())).containsExactly(0, 1);
        assertThat(done(executor, attempt(1, 1, 0, 5, weightsOf(one)))
                        .execution()
                        .slot())
                .isEqualTo(1);
        assertThat(done(executor, attempt(0, 1, 0, 5, weightsOf(zero)))
                        .execution()
                        .slot())
                .isEqualTo(0);
        assertThat(executor.restores()).isZero();
    }

    @Test
    void aFailureComesHalfwayAndSavesNothing() {
        SimulatedExecutor executor = executor(List.of(1.0), List.of(1.0), 0.3, Integer.MAX_VALUE);
        int failures = 0;
        for (int member = 0; member < 1000; member++) {
            executor.start(fresh(member, 10));
            Instant before = executor.instant();
            ExecutorEvent end = executor.await(DAY).get(0);
            Duration took = Duration.between(before, executor.instant());
            if (end instanceof ExecutorEvent.Failed failed) {
                failures++;
                assertThat(failed.message()).startsWith("a simulated failure");
                assertThat(took).isEqualTo(Duration.ofSeconds(5));
            } else {
                assertThat(took).isEqualTo(Duration.ofSeconds(12));
            }
        }
        assertThat(failures).isBetween(250, 350);
        assertThat(checkpoints.list()).hasSize(1000 - failures);
    }

    @Test
    void aRetryFailsForItself() {
        SimulatedExecutor executor = executor(List.of(1.0), List.of(1.0), 0.5, Integer.MAX_VALUE);
        int different = 0;
        for (int member = 0; member < 100; member++) {
            executor.start(fresh(member, 1));
            boolean first = executor.await(DAY).get(0) instanceof ExecutorEvent.Failed;
            executor.start(attempt(member, 0, 1, 1, Optional.empty()));
            different += first != executor.await(DAY).get(0) instanceof ExecutorEvent.Failed ? 1 : 0;
        }
        assertThat(different).isBetween(30, 70);
    }

    @Test
    void aCancelledAttemptIsLostAndItsSlotFree() {
        SimulatedExecutor executor = executor(1.0);
        executor.start(fresh(0, 10));
        executor.await(Duration.ofSeconds(4));
        executor.cancel(fresh(1, 10));
        assertThat(executor.await(Duration.ZERO)).as("another one").isEmpty();
        executor.cancel(fresh(0, 10));
        executor.start(fresh(1, 3));
        List<ExecutorEvent> events = executor.await(DAY);
        assertThat(events).singleElement().isInstanceOfSatisfying(ExecutorEvent.Lost.class, lost -> {
            assertThat(lost.attempt()).isEqualTo(fresh(0, 10));
            assertThat(lost.message()).isEqualTo("it was cancelled");
            assertThat(lost.execution().finishedAt()).isEqualTo(second(4));
            assertThat(lost.execution().training()).isEqualTo(Duration.ofSeconds(4));
        });
        assertThat(executor.instant()).as("it is told at once").isEqualTo(second(4));
        assertThat(executor.await(DAY)).singleElement().isInstanceOf(ExecutorEvent.Done.class);
        assertThat(executor.instant()).isEqualTo(second(4 + 3 + 2));
    }

    @Test
    void sharesOfTheTimeBeginAtNothing() {
        SimulatedExecutor executor = executor(1.0, 1.0);
        assertThat(executor.utilisation()).isZero();
        assertThat(executor.efficiency()).isZero();
        done(executor, fresh(0, 8));
        assertThat(executor.utilisation()).isCloseTo(0.5, within(1e-12));
        assertThat(executor.efficiency()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void weightsThatAreGoneAreAnError() {
        SimulatedExecutor executor = executor(1.0);
        executor.start(attempt(
                0, 1, 0, 5, Optional.of(new CheckpointRef(new MemberId(0), 0, 5, new CheckpointId("ab".repeat(32))))));
        assertThatThrownBy(() -> executor.await(DAY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void nothingEndsAfterItIsClosed() {
        SimulatedExecutor executor = executor(1.0);
        executor.start(fresh(0, 5));
        executor.close();
        assertThat(executor.await(DAY)).isEmpty();
    }
}
