package org.evolvent.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Executor} does. */
public abstract class ExecutorContract {
    /** The trainer that the executor under test must run does what this hyperparameter, a text, says. */
    protected static final String BEHAVIOUR = "behaviour";

    /** Count the steps since the beginning of the lineage, save them, and report them as the metric {@code steps}. */
    protected static final String COUNT = "count";

    /** Fail, with {@value #COMPLAINT} in the message. */
    protected static final String FAIL = "fail";

    /** Never come to an end, unless cancelled. */
    protected static final String HANG = "hang";

    /** What a failing trainer says. */
    protected static final String COMPLAINT = "the loss exploded";

    private static final int SLOTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private CheckpointStore checkpoints;
    private Executor executor;

    /** Returns a new executor of such trainers. */
    protected abstract Executor create(int slots, CheckpointStore store);

    /** Returns where the weights go; in memory by default, which trainers outside of this process cannot reach. */
    protected CheckpointStore createCheckpoints() {
        return new InMemoryCheckpointStore();
    }

    @BeforeEach
    void createExecutor() {
        checkpoints = createCheckpoints();
        executor = create(SLOTS, checkpoints);
    }

    @AfterEach
    void closeExecutor() {
        executor.close();
        checkpoints.close();
    }

    @Test
    void hasTheSlotsAskedFor() {
        assertThat(executor.slots()).isEqualTo(SLOTS);
        assertThat(executor.capacity()).isGreaterThanOrEqualTo(SLOTS);
    }

    @Test
    void runsAnAttemptToItsCheckpoint() {
        Attempt attempt = attempt(0, 0, COUNT, Optional.empty());
        ExecutorEvent.Done done = done(attempt);
        assertThat(done.metrics()).containsEntry("steps", 5.0);
        assertThat(checkpoints.isIntact(done.checkpoint().id())).isTrue();
        checkpoints.discard(List.of(done.checkpoint().id()));
        assertThat(checkpoints.isIntact(done.checkpoint().id())).as("pinned").isTrue();
        assertThat(done.execution().slot()).isBetween(0, SLOTS - 1);
        assertThat(done.execution().finishedAt())
                .isAfterOrEqualTo(done.execution().startedAt());
    }

    @Test
    void goesOnFromTheParentWhoseverItIs() {
        ExecutorEvent.Done own = done(attempt(0, 0, COUNT, Optional.empty()));
        ExecutorEvent.Done next = done(attempt(0, 1, COUNT, reference(own)));
        assertThat(next.metrics()).containsEntry("steps", 10.0);
        ExecutorEvent.Done copied = done(attempt(1, 7, COUNT, reference(next)));
        assertThat(copied.metrics()).containsEntry("steps", 15.0);
        ExecutorEvent.Done again = done(attempt(0, 2, COUNT, reference(own)));
        assertThat(again.metrics()).as("from older weights").containsEntry("steps", 10.0);
        assertThat(again.checkpoint().id()).isEqualTo(next.checkpoint().id());
    }

    @Test
    void reportsATrainerThatFails() {
        Attempt attempt = attempt(0, 0, FAIL, Optional.empty());
        executor.start(attempt);
        assertThat(end(attempt))
                .isInstanceOfSatisfying(
                        ExecutorEvent.Failed.class,
                        failed -> assertThat(failed.message()).contains(COMPLAINT));
        assertThat(done(attempt(0, 1, COUNT, Optional.empty())).metrics()).containsEntry("steps", 5.0);
    }

    @Test
    void endsACancelledAttemptAsLost() {
        Attempt attempt = attempt(0, 0, HANG, Optional.empty());
        executor.start(attempt);
        executor.cancel(attempt(1, 0, HANG, Optional.empty()));
        executor.cancel(attempt);
        assertThat(end(attempt)).isInstanceOf(ExecutorEvent.Lost.class);
        assertThat(done(attempt(0, 1, COUNT, Optional.empty())).metrics()).containsEntry("steps", 5.0);
    }

    @Test
    void endsEveryAttemptExactlyOnce() {
        Map<Attempt, Integer> ends = new HashMap<>();
        int next = 0;
        int total = 40;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.size() < total) {
            while (next < total && next - ends.size() < executor.capacity()) {
                executor.start(attempt(next, 0, next % 3 == 0 ? FAIL : COUNT, Optional.empty()));
                next++;
            }
            for (ExecutorEvent event : await(deadline)) {
                if (isEnd(event)) {
                    ends.merge(event.attempt(), 1, Integer::sum);
                }
            }
        }
        assertThat(ends.values()).containsOnly(1);
    }

    @Test
    void saysHowManyMoreItWouldTrain() {
        int idle = executor.free(0);
        assertThat(idle).isBetween(SLOTS, executor.capacity());
        List<Attempt> hanging = new ArrayList<>();
        for (int member = 0; member < SLOTS; member++) {
            hanging.add(attempt(member, 0, HANG, Optional.empty()));
            executor.start(hanging.get(member));
            assertThat(executor.free(member + 1)).as("each takes a slot").isEqualTo(idle - member - 1);
        }
        for (Attempt attempt : hanging) {
            executor.cancel(attempt);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int underWay = SLOTS;
        // Where the number rises without an event, it is told by returning.
        while (underWay > 0 || executor.free(underWay) < SLOTS) {
            underWay -= (int)
                    await(deadline).stream().filter(ExecutorContract::isEnd).count();
        }
    }

    @Test
    void trainsEverybodyWhenItIsGivenNoMoreThanItAsksFor() {
        int total = 20;
        int started = 0;
        int ended = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ended < total) {
            while (started < total && started - ended < executor.capacity() && executor.free(started - ended) > 0) {
                executor.start(attempt(started++, 0, COUNT, Optional.empty()));
            }
            ended += (int)
                    await(deadline).stream().filter(ExecutorContract::isEnd).count();
        }
    }

    @Test
    void returnsAtOnceWhenWokenUp() {
        executor.wakeUp();
        // Without the wake-up this waits for a day.
        assertThat(executor.await(Duration.ofDays(1))).isEmpty();
    }

    @Test
    void mayBeClosedTwice() {
        executor.close();
        executor.close();
    }

    private ExecutorEvent.Done done(Attempt attempt) {
        executor.start(attempt);
        ExecutorEvent end = end(attempt);
        assertThat(end).isInstanceOf(ExecutorEvent.Done.class);
        return (ExecutorEvent.Done) end;
    }

    private ExecutorEvent end(Attempt attempt) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (ExecutorEvent event : await(deadline)) {
                if (isEnd(event)) {
                    assertThat(event.attempt()).isEqualTo(attempt);
                    return event;
                }
            }
        }
    }

    private List<ExecutorEvent> await(long deadline) {
        long left = deadline - System.nanoTime();
        assertThat(left).as("nanoseconds of patience left").isPositive();
        return new ArrayList<>(executor.await(Duration.ofNanos(left)));
    }

    private static boolean isEnd(ExecutorEvent event) {
        return event.isEnd();
    }

    private static Optional<CheckpointRef> reference(ExecutorEvent.Done done) {
        Attempt attempt = done.attempt();
        return Optional.of(new CheckpointRef(
                attempt.member(),
                attempt.interval(),
                attempt.stepTo(),
                done.checkpoint().id()));
    }

    private static Attempt attempt(int member, int interval, String behaviour, Optional<CheckpointRef> parent) {
        return new Attempt(
                new MemberId(member),
                interval,
                0,
                parent.map(CheckpointRef::step).orElse(0L),
                5,
                Hyperparameters.of(Map.of(BEHAVIOUR, new Value.Text(behaviour))),
                parent,
                17);
    }
}
