package org.evolvent.testkit.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/**
 * Runs attempts as a function on the thread that waits for them, one a call of {@link #await}, in the order in which they were started.
 * It never waits: without anything to run, {@link #await} returns at once. For tests and simulations. Not thread-safe but for
 * {@link #wakeUp}.
 */
public final class ScriptedExecutor implements Executor {
    /** What a trainer would do in one attempt. */
    public interface Script {
        /**
         * Trains.
         *
         * @param attempt what to run
         * @param parent the files of the weights to start from; empty for fresh ones
         * @param save an empty directory for the files of the new weights
         * @return the metrics; whatever is thrown instead fails the attempt
         */
        Map<String, Double> train(Attempt attempt, Optional<Path> parent, Path save) throws IOException;
    }

    private final int slots;
    private final CheckpointStore checkpoints;
    private final Script script;
    private final InstantSource clock;
    private final Queue<Attempt> started = new ArrayDeque<>();
    private final Queue<ExecutorEvent> ended = new ArrayDeque<>();
    private volatile boolean woken;

    /**
     * Creates an executor.
     *
     * @param slots how many attempts may be under way, at least 1
     * @param checkpoints where the weights are
     * @param script what to do
     * @param clock for timestamps
     */
    public ScriptedExecutor(int slots, CheckpointStore checkpoints, Script script, InstantSource clock) {
        this.slots = slots;
        this.checkpoints = checkpoints;
        this.script = script;
        this.clock = clock;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void start(Attempt attempt) {
        started.add(attempt);
    }

    @Override
    public void cancel(Attempt attempt) {
        if (started.remove(attempt)) {
            Instant now = clock.instant();
            ended.add(new ExecutorEvent.Lost(attempt, "it was cancelled", new Execution(0, now, now, Duration.ZERO)));
        }
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        if (woken) {
            woken = false;
            return List.of();
        }
        List<ExecutorEvent> events = new ArrayList<>(ended);
        ended.clear();
        Attempt next = started.poll();
        if (next != null) {
            Instant startedAt = clock.instant();
            events.add(new ExecutorEvent.Started(next, 0, startedAt));
            events.add(run(next, startedAt));
        }
        return events;
    }

    private ExecutorEvent run(Attempt attempt, Instant startedAt) {
        try {
            Optional<CheckpointStore.Opened> parent =
                    attempt.parent().map(CheckpointRef::id).map(checkpoints::open);
            Path save = checkpoints.stage();
            Map<String, Double> metrics;
            try {
                metrics = script.train(attempt, parent.map(CheckpointStore.Opened::directory), save);
            } catch (IOException | RuntimeException e) {
                checkpoints.abandon(save);
                return new ExecutorEvent.Failed(attempt, e.toString(), execution(startedAt));
            } finally {
                parent.ifPresent(CheckpointStore.Opened::close);
            }
            CheckpointStore.Stored stored = checkpoints.commit(save);
            return new ExecutorEvent.Done(attempt, metrics, List.of(), stored, execution(startedAt));
        } catch (EvolventException e) {
            return ExecutorEvent.thrown(attempt, e, execution(startedAt));
        }
    }

    private Execution execution(Instant startedAt) {
        Instant now = clock.instant();
        return new Execution(0, startedAt, now, Duration.between(startedAt, now));
    }

    @Override
    public void wakeUp() {
        woken = true;
    }

    @Override
    public void close() {
        started.clear();
    }
}
