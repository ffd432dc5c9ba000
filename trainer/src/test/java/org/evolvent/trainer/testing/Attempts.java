package org.evolvent.trainer.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/** Attempts, and what becomes of them. */
public final class Attempts {
    private Attempts() {}

    /** Returns hyperparameters with one entry. */
    public static Hyperparameters learningRate(double value) {
        return Hyperparameters.of(Map.of("learning_rate", new Value.Real(value)));
    }

    /** Returns the first interval of a member, of 10 steps. */
    public static Attempt first(int member, int number) {
        return first(member, number, learningRate(0.5));
    }

    /** Returns the first interval of a member, of 10 steps. */
    public static Attempt first(int member, int number, Hyperparameters hyperparameters) {
        return new Attempt(
                new MemberId(member), 0, number, 0, 10, hyperparameters, Optional.empty(), 0x123456789abcdefL);
    }

    /** Returns an interval of 10 steps that starts from what another one made. */
    public static Attempt after(ExecutorEvent.Done done, int member, Hyperparameters hyperparameters) {
        Attempt parent = done.attempt();
        CheckpointRef ref = new CheckpointRef(
                parent.member(),
                parent.interval(),
                parent.stepTo(),
                done.checkpoint().id());
        return new Attempt(
                new MemberId(member),
                parent.interval() + 1,
                0,
                parent.stepTo(),
                10,
                hyperparameters,
                Optional.of(ref),
                parent.seed());
    }

    /** Starts an attempt and waits for its end. */
    public static ExecutorEvent run(Executor executor, Attempt attempt) {
        executor.start(attempt);
        return awaitEnd(executor, attempt);
    }

    /** Waits for the end of an attempt. */
    public static ExecutorEvent awaitEnd(Executor executor, Attempt attempt) {
        return await(executor, event -> event.attempt().equals(attempt) && event.isEnd());
    }

    /** Waits for an event; the others are forgotten. */
    public static ExecutorEvent await(Executor executor, Predicate<ExecutorEvent> wanted) {
        List<ExecutorEvent> seen = new ArrayList<>();
        long deadline = System.nanoTime() + Python.PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (ExecutorEvent event : executor.await(Duration.ofSeconds(1))) {
                seen.add(event);
                if (wanted.test(event)) {
                    return event;
                }
            }
        }
        throw new AssertionError("It did not come within " + Python.PATIENCE + ", only " + seen);
    }
}
