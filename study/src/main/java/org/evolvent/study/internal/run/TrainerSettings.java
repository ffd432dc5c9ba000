package org.evolvent.study.internal.run;

import java.nio.file.Path;
import java.time.InstantSource;
import org.evolvent.runtime.CheckpointStore;

/**
 * Where trainers are to work.
 *
 * @param checkpoints where they save and restore
 * @param slots how many train at the same time, at least 1
 * @param hot how many trainers stay in memory between intervals
 * @param evaluations how many of the checkpoints that a program restores, or that this one does for its own trainers, are evaluated before
 *     they are trained, at most; from 0
 * @param logs a directory for what they print
 * @param clock for timestamps
 */
public record TrainerSettings(
        CheckpointStore checkpoints, int slots, int hot, int evaluations, Path logs, InstantSource clock) {}
