package org.evolvent.trainer.internal.command;

import java.time.InstantSource;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.trainer.internal.ProgramExecutor;
import org.evolvent.trainer.internal.local.Launch;

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
public final class CommandExecutor extends ProgramExecutor {
    /**
     * Starts nothing yet.
     *
     * @param launch the command with its placeholders, and where it runs
     * @param checkpoints where trainers save and restore; its directories must be on a disk
     * @param clock for timestamps
     */
    public CommandExecutor(Launch launch, CheckpointStore checkpoints, InstantSource clock) {
        super(
                launch,
                (slot, watchdog, timekeeper) ->
                        new CommandWorker(launch, slot, checkpoints, watchdog, timekeeper, clock),
                clock);
    }
}
