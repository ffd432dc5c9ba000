package org.evolvent.study.internal.run;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.trainer.internal.Evaluations;

/**
 * Where trainers are to work.
 *
 * @param checkpoints where they save and restore
 * @param slots how many train at the same time, at least 1
 * @param hot how many trainers stay in memory between intervals
 * @param evaluations says for each program, or once for trainers in this one, which checkpoints that it restores are evaluated before they
 *     are trained
 * @param logs a directory for what they print
 * @param clock for timestamps
 */
public record TrainerSettings(
        CheckpointStore checkpoints,
        int slots,
        int hot,
        Supplier<Evaluations> evaluations,
        Path logs,
        InstantSource clock) {}
