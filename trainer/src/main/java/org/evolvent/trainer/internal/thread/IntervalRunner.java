package org.evolvent.trainer.internal.thread;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor.Phase;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StorageException;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.internal.Evaluations;
import org.evolvent.trainer.internal.Mishap;
import org.evolvent.trainer.internal.SlotState;
import org.evolvent.trainer.internal.thread.HotTrainers.Hot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one attempt on the calling thread: prepare a trainer, train, save, put it to rest. Thread-safe. */
final class IntervalRunner {
    /** More of what an exception says is not kept in the log of a study. */
    private static final int DESCRIBED_CHARACTERS = 10_000;

    /** What doubles count exactly; more is no count of steps. */
    private static final long MOST_STEPS = 1L << 53;

    private static final Logger LOG = LoggerFactory.getLogger(IntervalRunner.class);

    private final TrainerFactory factory;
    private final CheckpointStore checkpoints;
    private final HotTrainers resting;
    private final InstantSource clock;
    private final Evaluations evaluations;
    private volatile boolean closed;

    IntervalRunner(
            TrainerFactory factory,
            CheckpointStore checkpoints,
            HotTrainers resting,
            Evaluations evaluations,
            InstantSource clock) {
        this.factory = factory;
        this.checkpoints = checkpoints;
        this.resting = resting;
        this.evaluations = evaluations;
        this.clock = clock;
    }

    /**
     * Returns how it ended; throws nothing.
     *
     * @param state is told what is being done
     * @param finishing has the training end early
     * @param cancelled whether nobody waits for the attempt any more; true before this thread is interrupted for that reason
     * @param reports is told how it goes on, before its end
     */
    ExecutorEvent run(
            Attempt attempt,
            int slot,
            SlotState state,
            Finishing finishing,
            BooleanSupplier cancelled,
            Consumer<ExecutorEvent> reports) {
        Instant startedAt = clock.instant();
        Duration[] training = {Duration.ZERO};
        Optional<Trainer> trainer = Optional.empty();
        try {
            requireWanted(cancelled);
            state.enters(attempt, attempt.parent().isPresent() ? Phase.RESTORES : Phase.STARTS);
            trainer = Optional.of(prepare(attempt, reports));
            state.enters(attempt, Phase.TRAINS);
            long before = System.nanoTime();
            Report report;
            boolean asked;
            finishing.begins(trainer.get());
            try {
                report = Objects.requireNonNull(train(trainer.get(), attempt), "train returned null");
            } finally {
                training[0] = Duration.ofNanos(System.nanoTime() - before);
                asked = finishing.ends();
            }
            requireWanted(cancelled);
            long steps = steps(report, attempt, asked ? 1 : attempt.leastSteps());
            evaluations.trained(steps, training[0]);
            state.enters(attempt, Phase.SAVES);
            CheckpointStore.Stored stored = save(trainer.get());
            resting.rest(attempt.member(), new Hot(trainer.get(), stored.id(), attempt.hyperparameters()))
                    .ifPresent(eldest -> close(eldest.trainer()));
            if (asked && attempt.isPart(steps, training[0])) {
                return new ExecutorEvent.Suspended(
                        attempt,
                        steps,
                        report.metrics(),
                        report.samples(),
                        stored,
                        execution(slot, startedAt, training[0]));
            }
            return new ExecutorEvent.Done(
                    attempt,
                    steps,
                    report.metrics(),
                    report.samples(),
                    stored,
                    execution(slot, startedAt, training[0]));
        } catch (
                Throwable
                        e) { // The user's code may throw anything; whatever it is costs this attempt and nothing else.
            trainer.ifPresent(IntervalRunner::close);
            Execution execution = execution(slot, startedAt, training[0]);
            // A trainer may throw InterruptedException or interrupt its thread, too: that is a failure like any other.
            if (isOver(cancelled)) {
                return new ExecutorEvent.Lost(attempt, "it was cancelled", execution);
            }
            try {
                return failed(attempt, e, execution);
            } catch (Throwable mute) { // What was thrown is the user's code as well, and throws when it is asked.
                return new ExecutorEvent.Failed(attempt, e.getClass().getName(), execution);
            }
        }
    }

    private static Report train(Trainer trainer, Attempt attempt) throws Exception {
        return attempt.time().isPresent()
                ? trainer.train(attempt.steps(), attempt.time().get())
                : trainer.train(attempt.steps());
    }

    private static long steps(Report report, Attempt attempt, long least) {
        long done = report.steps().orElse(attempt.steps());
        if (done < least || done > MOST_STEPS) {
            throw new IllegalStateException(
                    "The trainer reports %s steps of an interval that must have at least %s".formatted(done, least));
        }
        return done;
    }

    private boolean isOver(BooleanSupplier cancelled) {
        return closed || cancelled.getAsBoolean();
    }

    private void requireWanted(BooleanSupplier cancelled) throws InterruptedException {
        if (isOver(cancelled)) {
            throw new InterruptedException("nobody waits for it");
        }
    }

    private static ExecutorEvent failed(Attempt attempt, Throwable e, Execution execution) {
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

    /** What is trained from now on, or comes out of it, is dropped. May be called by any thread. */
    void close() {
        closed = true;
    }

    private Trainer prepare(Attempt attempt, Consumer<ExecutorEvent> reports) throws Exception {
        Optional<CheckpointId> parent = attempt.parent().map(CheckpointRef::id);
        Optional<Hot> resting = this.resting.take(attempt.member());
        Optional<Hot> kept = resting.filter(hot -> parent.isPresent());
        if (kept.isEmpty()) {
            resting.ifPresent(stale -> close(stale.trainer()));
        }
        Trainer trainer = kept.isPresent() ? kept.get().trainer() : created(attempt);
        try {
            if (parent.isPresent() && !kept.map(Hot::holds).equals(parent)) {
                restore(trainer, parent.get());
                if (evaluations.isDue()) {
                    evaluate(trainer, parent.get(), attempt, reports);
                }
            }
            if (kept.isPresent() && !kept.get().hyperparameters().equals(attempt.hyperparameters())) {
                trainer.apply(attempt.hyperparameters());
            }
            if (attempt.reseed().isPresent()) {
                trainer.reseed(attempt.reseed().get());
            }
            return trainer;
        } catch (Throwable e) {
            close(trainer);
            throw e;
        }
    }

    private void evaluate(Trainer trainer, CheckpointId restored, Attempt attempt, Consumer<ExecutorEvent> reports)
            throws Exception {
        long begun = System.nanoTime();
        try {
            Optional<Report> report = trainer.evaluate();
            if (report.isEmpty()) {
                evaluations.end();
            } else {
                Report found = report.get();
                reports.accept(new ExecutorEvent.Restored(attempt, found.metrics(), found.samples()));
                // Whatever an evaluation draws or moves must not be seen in what is trained.
                restore(trainer, restored);
            }
        } finally {
            evaluations.took(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private Trainer created(Attempt attempt) throws Exception {
        return Objects.requireNonNull(
                factory.create(attempt.hyperparameters(), attempt.seed()), "the factory of trainers returned null");
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
        // An interrupt that a trainer left behind would close the files that are read now.
        Thread.interrupted();
        return checkpoints.commit(staged);
    }

    private Execution execution(int slot, Instant startedAt, Duration training) {
        return new Execution(slot, startedAt, clock.instant(), training);
    }

    private static String describe(Throwable e) {
        String said = e.toString();
        String brief = said.length() <= DESCRIBED_CHARACTERS ? said : said.substring(0, DESCRIBED_CHARACTERS) + "...";
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? brief : "%s (at %s)".formatted(brief, trace[0]);
    }

    static void close(Trainer trainer) {
        try {
            trainer.close();
        } catch (Throwable e) { // As above: a slot must not end with it.
            LOG.warn("A trainer failed to close; it is dropped all the same", e);
        }
    }
}
