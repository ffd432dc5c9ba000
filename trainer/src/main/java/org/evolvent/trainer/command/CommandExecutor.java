package org.evolvent.trainer.command;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.trainer.internal.SlotPool;
import org.evolvent.trainer.internal.Timekeeper;
import org.evolvent.trainer.internal.Watchdog;
import org.evolvent.trainer.local.Launch;

/**
 * Trains with plain commands on this machine, one process for each interval. The command gets what it needs by the placeholders of
 * {@link CommandTemplate} and by environment variables of the same names ({@code EVOLVENT_STEPS}, {@code EVOLVENT_LEARNING_RATE}); it
 * saves a checkpoint, writes a file of metrics, and exits with code 0.
 *
 * <p>A command that exits with another code, takes too long, floods its log, or leaves no metrics or no checkpoint fails its attempt; the
 * message quotes the last lines of its log. Children that it leaves behind are ended.
 *
 * <p>When this JVM ends, in whatever way, so do all commands and their children.
 */
public final class CommandExecutor implements Executor {
    private final Watchdog watchdog = new Watchdog();
    private final Timekeeper timekeeper = new Timekeeper();
    private final SlotPool pool;

    /**
     * Starts nothing yet.
     *
     * @param launch the command with its placeholders, and where it runs
     * @param checkpoints where trainers save and restore; its directories must be on a disk
     * @param clock for timestamps
     */
    public CommandExecutor(Launch launch, CheckpointStore checkpoints, InstantSource clock) {
        List<CommandWorker> workers = new ArrayList<>();
        for (int slot = 0; slot < launch.slots().size(); slot++) {
            workers.add(new CommandWorker(launch, slot, checkpoints, watchdog, timekeeper, clock));
        }
        this.pool = new SlotPool(workers, clock);
    }

    @Override
    public int slots() {
        return pool.slots();
    }

    @Override
    public int capacity() {
        return pool.capacity();
    }

    @Override
    public void start(Attempt attempt) {
        pool.start(attempt);
    }

    @Override
    public void cancel(Attempt attempt) {
        pool.cancel(attempt);
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        return pool.await(atMost);
    }

    @Override
    public void wakeUp() {
        pool.wakeUp();
    }

    @Override
    public void close() {
        pool.close();
        timekeeper.close();
        watchdog.close();
    }
}
