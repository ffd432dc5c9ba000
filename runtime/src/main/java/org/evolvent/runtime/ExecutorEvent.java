package org.evolvent.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;

/** What an executor reports about an attempt. Immutable. */
public sealed interface ExecutorEvent {
    /** Returns the attempt it is about. */
    Attempt attempt();

    /** A slot took the attempt up. */
    record Started(Attempt attempt, int slot, Instant at) implements ExecutorEvent {}

    /**
     * The attempt is alive.
     *
     * @param step the training steps reached, along the lineage
     * @param metrics what the trainer measured so far; may be empty
     */
    record Beat(Attempt attempt, long step, Map<String, Double> metrics) implements ExecutorEvent {}

    /**
     * The interval is trained, evaluated and saved.
     *
     * @param metrics what the trainer measured; values may be NaN or infinite
     * @param samples the evaluation samples behind the score; may be empty
     * @param checkpoint the committed checkpoint, still pinned for the reader of this event
     */
    record Done(
            Attempt attempt,
            Map<String, Double> metrics,
            List<Double> samples,
            CheckpointStore.Stored checkpoint,
            Execution execution)
            implements ExecutorEvent {}

    /** The trainer failed. */
    record Failed(Attempt attempt, String message, Execution execution) implements ExecutorEvent {}

    /** The place failed, or the attempt was cancelled; it is not the trainer's fault. */
    record Lost(Attempt attempt, String message, Execution execution) implements ExecutorEvent {}
}
