package org.evolvent.trainer.internal.process;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.trainer.internal.Evaluations;
import org.evolvent.trainer.internal.ProgramExecutor;
import org.evolvent.trainer.internal.local.Launch;

/**
 * Trains in processes, on this machine or in places that are lent, that speak the protocol of {@code docs/protocol.md}, one long-lived process for each slot. A
 * process serves intervals of any member: it restores a checkpoint, or goes on where it is when it still holds the weights. An exploit
 * restarts nothing.
 *
 * <p>A process that exits, hangs, floods its log, writes a malformed message or reports another step or other hyperparameters than asked
 * for fails its attempt; the message quotes the last lines of its log. Then it is ended, with everything it started, and another one
 * takes its place.
 *
 * <p>When this JVM ends, in whatever way, so do all trainers and their children.
 */
public final class ProcessExecutor extends ProgramExecutor {
    /**
     * Starts the processes.
     *
     * @param launch what to start
     * @param fixed the names of the hyperparameters that are fixed in the search space
     * @param evaluations says for each process which of the checkpoints that it restores are evaluated before they are trained
     * @param checkpoints where trainers save and restore; its directories must be on a disk
     * @param clock for timestamps
     */
    public ProcessExecutor(
            Launch launch,
            List<String> fixed,
            Supplier<Evaluations> evaluations,
            CheckpointStore checkpoints,
            InstantSource clock) {
        this(launch, List.copyOf(fixed), evaluations, checkpoints, new Lending(), clock);
    }

    private ProcessExecutor(
            Launch launch,
            List<String> fixed,
            Supplier<Evaluations> evaluations,
            CheckpointStore checkpoints,
            Lending lending,
            InstantSource clock) {
        super(
                launch,
                (slot, watchdog, timekeeper) -> new ProcessWorker(
                        launch, fixed, evaluations, slot, checkpoints, lending, watchdog, timekeeper, clock),
                clock);
    }

    /** Starts processes that evaluate nothing but what they have trained. */
    public ProcessExecutor(Launch launch, List<String> fixed, CheckpointStore checkpoints, InstantSource clock) {
        this(launch, fixed, Evaluations::none, checkpoints, clock);
    }
}
