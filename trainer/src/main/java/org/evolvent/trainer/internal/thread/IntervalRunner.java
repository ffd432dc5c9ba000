package org.evolvent.trainer.internal.thread;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StorageException;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.internal.Mishap;
import org.evolvent.trainer.internal.thread.HotTrainers.Hot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one attempt on the calling thread: prepare a trainer, train, save, put it to rest. Thread-safe. */
final class IntervalRunner {
    private static final Logger LOG = LoggerFactory.getLogger(IntervalRunner.class);

    private final TrainerFactory factory;
    private final CheckpointStore checkpoints;
    private final HotTrainers resting;
    private final InstantSource clock;
    private volatile boolean closed;

    IntervalRunner(TrainerFactory factory, CheckpointStore checkpoints, HotTrainers resting, InstantSource clock) {
        this.factory = factory;
        this.checkpoints = checkpoints;
        this.resting = resting;
        this.clock = clock;
    }

    /** Returns how it ended; throws nothing. */
    ExecutorEvent run(Attempt attempt, int slot) {
        Instant startedAt = clock.instant();
        Duration[] training = {Duration.ZERO};
        Optional<Trainer> trainer = Optional.empty();
        try {
            if (closed || Thread.interrupted()) {
                throw new InterruptedException("cancelled before it began");
            }
            trainer = Optional.of(prepare(attempt));
            long before = System.nanoTime();
            Report report;
            try {
                report = trainer.get().train(attempt.steps());
            } finally {
                training[0] = Duration.ofNanos(System.nanoTime() - before);
            }
            if (closed) {
                throw new InterruptedException("trained on after the end");
            }
            CheckpointStore.Stored stored = save(trainer.get());
            resting.rest(attempt.member(), new Hot(trainer.get(), stored.id(), attempt.hyperparameters()))
                    .ifPresent(eldest -> close(eldest.trainer()));
            return new ExecutorEvent.Done(
                    attempt, report.metrics(), report.samples(), stored, execution(slot, startedAt, training[0]));
        } catch (
                Throwable
                        e) { // The user's code may throw anything; whatever it is costs this attempt and nothing else.
            trainer.ifPresent(IntervalRunner::close);
            Execution execution = execution(slot, startedAt, training[0]);
            if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
                return new ExecutorEvent.Lost(attempt, "it was cancelled", execution);
            }
            if (e instanceof EvolventException thrown) {
                Mishap.log(LOG, attempt, thrown);
                return ExecutorEvent.thrown(attempt, thrown, execution);
            }
            LOG.warn("{} failed", attempt, e);
            Optional<StorageException.Kind> medium = StorageException.kindOf(e);
            return medium.isPresent()
                    ? new ExecutorEvent.Lost(attempt, describe(e), medium, execution)
                    : new ExecutorEvent.Failed(attempt, describe(e), execution);
        }
    }

    /** What is trained from now on, or comes out of it, is dropped. May be called by any thread. */
    void close() {
        closed = true;
    }

    private Trainer prepare(Attempt attempt) throws Exception {
        Optional<CheckpointId> parent = attempt.parent().map(CheckpointRef::id);
        Optional<Hot> hot = resting.take(attempt.member());
        if (hot.isEmpty() || parent.isEmpty()) {
            hot.ifPresent(stale -> close(stale.trainer()));
            Trainer created = factory.create(attempt.hyperparameters(), attempt.seed());
            if (parent.isPresent()) {
                restore(created, parent.get());
            }
            return created;
        }
        Trainer kept = hot.get().trainer();
        try {
            if (!hot.get().holds().equals(parent.get())) {
                restore(kept, parent.get());
            }
            if (!hot.get().hyperparameters().equals(attempt.hyperparameters())) {
                kept.apply(attempt.hyperparameters());
            }
            return kept;
        } catch (Throwable e) {
            close(kept);
            throw e;
        }
    }

    private void restore(Trainer trainer, CheckpointId id) throws Exception {
        try (CheckpointStore.Opened opened = checkpoints.open(id)) {
            trainer.restore(opened.directory());
        }
    }

    private CheckpointStore.Stored save(Trainer trainer) throws Exception {
        Path staged = checkpoints.stage();
        try {
            trainer.save(staged);
        } catch (Throwable e) {
            checkpoints.abandon(staged);
            throw e;
        }
        return checkpoints.commit(staged);
    }

    private Execution execution(int slot, Instant startedAt, Duration training) {
        return new Execution(slot, startedAt, clock.instant(), training);
    }

    private static String describe(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? e.toString() : "%s (at %s)".formatted(e, trace[0]);
    }

    static void close(Trainer trainer) {
        try {
            trainer.close();
        } catch (Exception e) {
            LOG.warn("A trainer failed to close; it is dropped all the same", e);
        }
    }
}
