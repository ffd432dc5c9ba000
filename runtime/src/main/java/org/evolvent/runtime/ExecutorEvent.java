package org.evolvent.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;

/** What an executor reports about an attempt. Immutable. */
public sealed interface ExecutorEvent {
    /** Returns the attempt it is about. */
    Attempt attempt();

    /**
     * Returns the end of an attempt that something outside of the trainer threw out of its way: {@link Unrestorable} when its parent is
     * damaged, {@link Failed} when what it saved cannot be a checkpoint, {@link Lost} otherwise.
     */
    static ExecutorEvent thrown(Attempt attempt, Exception failure, Execution execution) {
        String message =
                failure instanceof EvolventException ? String.valueOf(failure.getMessage()) : failure.toString();
        if (failure instanceof DamagedCheckpointException damaged) {
            return new Unrestorable(attempt, damaged.checkpoint(), message, execution);
        }
        return failure instanceof InvalidCheckpointException
                ? new Failed(attempt, message, execution)
                : new Lost(attempt, message, StorageException.kindOf(failure), execution);
    }

    /** Returns whether it is the end of the attempt, after which nothing more is reported about it. */
    default boolean isEnd() {
        return !(this instanceof Started || this instanceof Restored || this instanceof Beat);
    }

    /** Returns the checkpoint that it brings, pinned for its reader; empty where nothing was saved. */
    default Optional<CheckpointStore.Stored> saved() {
        if (this instanceof Suspended suspended) {
            return Optional.of(suspended.checkpoint());
        }
        return this instanceof Done done ? Optional.of(done.checkpoint()) : Optional.empty();
    }

    /** A slot took the attempt up. */
    record Started(Attempt attempt, int slot, Instant at) implements ExecutorEvent {}

    /**
     * The weights that the attempt starts from were restored and, before any training, evaluated: they should score as they did when they
     * were saved. Reported of the first restores of each program's life, by trainers that can evaluate; never of weights that were at hand.
     *
     * @param metrics what the trainer measured; values may be NaN or infinite
     * @param samples the evaluation samples behind the score; may be empty
     * @param replaced what the same program had measured last, of the model that these weights took the place of; empty when there was none,
     *     or it is not known
     */
    record Restored(Attempt attempt, Map<String, Double> metrics, List<Double> samples, Map<String, Double> replaced)
            implements ExecutorEvent {
        /** Creates one of a program of which nothing else is known. */
        public Restored(Attempt attempt, Map<String, Double> metrics, List<Double> samples) {
            this(attempt, metrics, samples, Map.of());
        }
    }

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
     * @param steps the training steps that were added: as many as the attempt asks for, or more where the trainer moves in larger ones; of
     *     an attempt with a time, at least 1
     * @param metrics what the trainer measured; values may be NaN or infinite
     * @param samples the evaluation samples behind the score; may be empty
     * @param checkpoint the committed checkpoint, still pinned for the reader of this event
     */
    record Done(
            Attempt attempt,
            long steps,
            Map<String, Double> metrics,
            List<Double> samples,
            CheckpointStore.Stored checkpoint,
            Execution execution)
            implements ExecutorEvent {
        /** Creates one that added the steps that it was asked for. */
        public Done(
                Attempt attempt,
                Map<String, Double> metrics,
                List<Double> samples,
                CheckpointStore.Stored checkpoint,
                Execution execution) {
            this(attempt, attempt.steps(), metrics, samples, checkpoint, execution);
        }
    }

    /**
     * A part of the interval is trained and saved: the trainer was {@linkplain Executor#finish asked to finish}, or its place had no more
     * time. What is left of the interval is for another attempt.
     *
     * @param steps the training steps that were added, at least 1
     * @param metrics what the trainer measured; values may be NaN or infinite
     * @param samples the evaluation samples behind the score; may be empty
     * @param checkpoint the committed checkpoint, still pinned for the reader of this event
     */
    record Suspended(
            Attempt attempt,
            long steps,
            Map<String, Double> metrics,
            List<Double> samples,
            CheckpointStore.Stored checkpoint,
            Execution execution)
            implements ExecutorEvent {
        /** Creates one of a result whose turn does not come before the study stops. */
        public Suspended(Done done) {
            this(done.attempt, done.steps, done.metrics, done.samples, done.checkpoint, done.execution);
        }
    }

    /** The trainer failed. */
    record Failed(Attempt attempt, String message, Cause cause, Execution execution) implements ExecutorEvent {
        /** What it failed by. */
        public enum Cause {
            /** It came to it by itself, and may come to it again. */
            ERROR,
            /** Its process was killed, by whomever, or ended since it was late. */
            ENDED,
            /** It read back hyperparameters that are in force, and they were not those of the attempt. */
            OTHERWISE
        }

        /** Creates one of an error. */
        public Failed(Attempt attempt, String message, Execution execution) {
            this(attempt, message, Cause.ERROR, execution);
        }
    }

    /**
     * The place failed, or the attempt was cancelled; it is not the trainer's fault.
     *
     * @param medium what is the matter with a medium, when that is the reason: then it is no use to try again at once
     * @param withPlace whether whoever lends the place has taken it away, which says nothing about the program that trains; it may happen
     *     as often as it likes
     */
    record Lost(
            Attempt attempt,
            String message,
            Optional<StorageException.Kind> medium,
            boolean withPlace,
            Execution execution)
            implements ExecutorEvent {
        /** Creates one whose place is still there. */
        public Lost(Attempt attempt, String message, Optional<StorageException.Kind> medium, Execution execution) {
            this(attempt, message, medium, false, execution);
        }

        /** Creates one that has nothing to do with a medium. */
        public Lost(Attempt attempt, String message, Execution execution) {
            this(attempt, message, Optional.empty(), execution);
        }
    }

    /**
     * The weights that the attempt starts from are missing or damaged.
     *
     * @param checkpoint their name
     */
    record Unrestorable(Attempt attempt, CheckpointId checkpoint, String message, Execution execution)
            implements ExecutorEvent {}
}
