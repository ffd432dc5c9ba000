package org.evolvent.trainer.internal.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor.Activity;
import org.evolvent.runtime.Executor.Phase;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.Manifest;
import org.evolvent.trainer.internal.Cancellation;
import org.evolvent.trainer.internal.Evaluations;
import org.evolvent.trainer.internal.LogTail;
import org.evolvent.trainer.internal.Mishap;
import org.evolvent.trainer.internal.SlotState;
import org.evolvent.trainer.internal.SlotWorker;
import org.evolvent.trainer.internal.Stint;
import org.evolvent.trainer.internal.Timekeeper;
import org.evolvent.trainer.internal.Watchdog;
import org.evolvent.trainer.internal.local.Launch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one trainer process and gives it intervals. All requests of an interval are written at once, so that the trainer never waits
 * for us in between; an answer that is not as it must be ends the process, and with it what it was told in advance.
 */
final class ProcessWorker implements SlotWorker {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessWorker.class);

    /** The weights and hyperparameters that the process holds. */
    private record Held(CheckpointId checkpoint, Hyperparameters hyperparameters) {}

    /** What came out of an interval or of a part of it, and where it was saved. */
    private record Trained(Answer.Ok answer, long steps, boolean partly, Path staged, Optional<Manifest> told) {}

    private final Launch launch;
    private final List<String> fixed;
    private final int slot;
    private final CheckpointStore checkpoints;
    private final Timekeeper timekeeper;
    private final InstantSource clock;
    private final LogTail log;
    private final SlotState state;
    private final SlotProcess process;
    private Optional<Path> stagedAhead = Optional.empty();
    private Optional<CheckpointStore.Opened> restoring = Optional.empty();
    private volatile Optional<Held> held = Optional.empty();
    private long turns;

    ProcessWorker(
            Launch launch,
            List<String> fixed,
            Supplier<Evaluations> evaluations,
            int slot,
            CheckpointStore checkpoints,
            Lending lending,
            Watchdog watchdog,
            Timekeeper timekeeper,
            InstantSource clock) {
        this.launch = launch;
        this.fixed = fixed;
        this.slot = slot;
        this.checkpoints = checkpoints;
        this.timekeeper = timekeeper;
        this.clock = clock;
        this.state = new SlotState(slot, clock);
        this.log = new LogTail(launch.logs().resolve("slot-%d.log".formatted(slot)));
        this.process = new SlotProcess(launch, slot, evaluations, lending, watchdog, timekeeper, log);
    }

    @Override
    public void prepare() {
        forget();
        process.prepare();
    }

    @Override
    public boolean isReady() {
        return process.isReady();
    }

    @Override
    public void stopWaiting() {
        process.stopWaiting();
    }

    @Override
    public Optional<String> place() {
        return process.place();
    }

    @Override
    public Optional<Activity> activity() {
        return state.activity();
    }

    @Override
    public boolean holds(CheckpointId checkpoint) {
        return held.filter(state -> state.checkpoint().equals(checkpoint)).isPresent();
    }

    @Override
    public Supplier<ExecutorEvent> run(Attempt attempt, Cancellation cancellation, Consumer<ExecutorEvent> reports) {
        Stint stint = new Stint(slot, clock);
        log.attempt(
                attempt,
                stint.startedAt(),
                process.conversation().filter(Conversation::marks).isPresent());
        state.enters(attempt, Phase.STARTS);
        try {
            Conversation current = usable(cancellation, stint);
            if (attempt.time().isPresent() && !current.speaksTwo()) {
                throw new TrainerFailure(
                        "The study's intervals have a time, but the trainer speaks version 1 of the protocol, which knows steps only.\nMaybe use a newer SDK, or interval: {steps: N}?");
            }
            Optional<Request> prepare = preparation(current, attempt);
            long turn = forget();
            Trained trained = converse(current, attempt, prepare, cancellation, reports, stint);
            current.process().rest();
            timekeeper.finished(stint.elapsed());
            process.served();
            return () -> commit(attempt, trained, turn, stint);
        } catch (LostPlace e) {
            Execution execution = stint.execution();
            return () -> new ExecutorEvent.Lost(
                    attempt, String.valueOf(e.getMessage()), Optional.empty(), e.wasTakenAway(), execution);
        } catch (TrainerFailure e) {
            // A missing file or library says nothing about the attempt, and would use up those of all members.
            Optional<Conversation> failed = process.conversation();
            boolean cannotStart = failed.filter(
                            current -> !current.isStarted() && current.process().hasExited())
                    .isPresent();
            boolean withPlace =
                    failed.filter(current -> current.process().wasWithdrawn()).isPresent();
            String message = giveUp(String.valueOf(e.getMessage()));
            Execution execution = stint.execution();
            if (cancellation.isCancelled()) {
                return () -> new ExecutorEvent.Lost(attempt, "it was cancelled", execution);
            }
            if (withPlace) {
                LOG.warn("{} was lost with its place. {}", attempt, message);
                return () -> new ExecutorEvent.Lost(attempt, message, Optional.empty(), true, execution);
            }
            if (cannotStart || e.medium().isPresent()) {
                LOG.warn("{} was lost. {}", attempt, message);
                return () -> new ExecutorEvent.Lost(attempt, message, e.medium(), execution);
            }
            LOG.warn("{} failed. {}", attempt, message);
            return () -> new ExecutorEvent.Failed(attempt, message, e.cause(), execution);
        } catch (RuntimeException e) {
            // The checkpoint store, or no way to start a process.
            giveUp(e.toString());
            return () -> thrown(attempt, e, stint);
        } finally {
            state.rests();
            restoring.ifPresent(CheckpointStore.Opened::close);
            restoring = Optional.empty();
        }
    }

    /** Makes the checkpoint durable; only then the attempt is done. */
    private ExecutorEvent commit(Attempt attempt, Trained trained, long turn, Stint stint) {
        try {
            CheckpointStore.Stored stored = trained.told().isPresent()
                    ? checkpoints.commit(trained.staged(), trained.told().get())
                    : checkpoints.commit(trained.staged());
            remember(turn, new Held(stored.id(), attempt.hyperparameters()));
            Answer.Ok answer = trained.answer();
            if (trained.partly()) {
                return new ExecutorEvent.Suspended(
                        attempt, trained.steps(), answer.metrics(), answer.samples(), stored, stint.execution());
            }
            return new ExecutorEvent.Done(
                    attempt, trained.steps(), answer.metrics(), answer.samples(), stored, stint.execution());
        } catch (RuntimeException e) {
            return thrown(attempt, e, stint);
        }
    }

    private ExecutorEvent thrown(Attempt attempt, RuntimeException e, Stint stint) {
        Mishap.log(LOG, attempt, e);
        return ExecutorEvent.thrown(attempt, e, stint.execution());
    }

    /** Begins another turn: the process holds nothing that is known. Returns the turn's number. */
    private synchronized long forget() {
        held = Optional.empty();
        turns++;
        return turns;
    }

    /** Notes what the process holds, unless it has moved on. */
    private synchronized void remember(long turn, Held state) {
        if (turn == turns) {
            held = Optional.of(state);
        }
    }

    private Conversation usable(Cancellation cancellation, Stint stint) throws LostPlace, TrainerFailure {
        Conversation current = process.usable();
        stint.isIn(current.process().placement());
        cancellation.covers(current.process());
        state.uses(current.process());
        process.begin(current, fixed);
        return current;
    }

    private Trained converse(
            Conversation current,
            Attempt attempt,
            Optional<Request> preparation,
            Cancellation cancellation,
            Consumer<ExecutorEvent> reports,
            Stint stint)
            throws TrainerFailure {
        Path staged = stagedAhead.orElseGet(checkpoints::stage);
        stagedAhead = Optional.empty();
        boolean saved = false;
        Optional<Request> prepare = preparation;
        try {
            current.process().work(launch.limits().interval(), "the interval");
            if (prepare.isPresent() && prepare.get() instanceof Request.Restore restore) {
                prepare = Optional.of(evaluated(current, restore, reports));
            }
            Request.Train train = new Request.Train(current.newId(), attempt);
            Request.Save save = new Request.Save(current.newId(), attempt, staged, checkpoints.wantsManifests());
            List<Request> requests = new ArrayList<>();
            prepare.ifPresent(requests::add);
            requests.add(train);
            requests.add(save);
            long begun = System.nanoTime();
            current.send(requests);
            if (current.finishes()) {
                cancellation.finishes(() -> current.finish(train.id()));
            }
            // While the trainer is busy; afterwards it would have to wait for us.
            stagedAhead = Optional.of(checkpoints.stage());
            if (prepare.isPresent()) {
                String what = what(prepare.get());
                if (prepare.get() instanceof Request.Restore) {
                    state.enters(attempt, Phase.RESTORES);
                }
                prepared(current, prepare.get(), attempt, what);
                begun = System.nanoTime();
            }
            Answer.Ok trained;
            state.enters(attempt, Phase.TRAINS);
            try {
                trained = current.await(
                        train.id(),
                        "train",
                        progress ->
                                reports.accept(new ExecutorEvent.Beat(attempt, progress.step(), progress.metrics())));
            } finally {
                stint.trainedSince(begun);
            }
            boolean asked = cancellation.isFinishing();
            long steps = Conversation.requireTrained(trained, attempt, asked ? 0 : attempt.leastSteps());
            if (steps == 0) {
                cancellation.cancel();
                throw new TrainerFailure("It was asked to finish before its first step");
            }
            process.evaluations().trained(steps, stint.training());
            if (trained.hyperparameters().isPresent()) {
                current.requireHyperparameters(trained, attempt.hyperparameters(), "train");
            }
            state.enters(attempt, Phase.SAVES);
            Answer.Ok told = current.await(save.id(), "save", progress -> {});
            saved = true;
            return new Trained(trained, steps, asked && attempt.isPart(steps, stint.training()), staged, told.files());
        } finally {
            if (!saved) {
                // The process may be writing there; it has to be gone before the directory goes.
                current.process().end("its attempt failed");
                current.process().awaitEnd();
                checkpoints.abandon(staged);
            }
        }
    }

    private static void prepared(Conversation current, Request prepare, Attempt attempt, String what)
            throws TrainerFailure {
        Answer.Ok ok = current.await(prepare.id(), what, progress -> {});
        current.requireHyperparameters(ok, attempt.hyperparameters(), what);
        Conversation.requireStep(ok, attempt.stepFrom(), what);
    }

    /**
     * Has some of the checkpoints that a process restores evaluated, and returns the restore that is left to do: another one, since whatever
     * an evaluation draws or moves must not be seen in what is trained.
     */
    private Request.Restore evaluated(Conversation current, Request.Restore restore, Consumer<ExecutorEvent> reports)
            throws TrainerFailure {
        if (!current.speaksTwo() || !process.evaluations().isDue()) {
            return restore;
        }
        Attempt attempt = restore.attempt();
        Request.Evaluate evaluate = new Request.Evaluate(current.newId(), attempt);
        Map<String, Double> replaced = current.measured();
        long begun = System.nanoTime();
        try {
            current.send(List.of(restore, evaluate));
            prepared(current, restore, attempt, "restore");
            state.enters(attempt, Phase.EVALUATES);
            Answer.Ok ok = current.await(evaluate.id(), "evaluate", progress -> {});
            if (ok.metrics().isEmpty()) {
                process.evaluations().end();
            } else {
                reports.accept(new ExecutorEvent.Restored(attempt, ok.metrics(), ok.samples(), replaced));
            }
        } finally {
            process.evaluations().took(Duration.ofNanos(System.nanoTime() - begun));
        }
        return new Request.Restore(current.newId(), attempt, restore.directory());
    }

    /** Returns what brings the process to where the attempt starts; nothing when it is there already. On the side, always a restore. */
    private Optional<Request> preparation(Conversation current, Attempt attempt) {
        if (attempt.parent().isEmpty()) {
            return Optional.of(new Request.Create(current.newId(), attempt));
        }
        CheckpointId parent = attempt.parent().get().id();
        Optional<Held> hot = held.filter(state -> state.checkpoint().equals(parent) && !attempt.isOnTheSide());
        if (hot.isEmpty()) {
            CheckpointStore.Opened opened = checkpoints.open(parent);
            restoring = Optional.of(opened);
            return Optional.of(new Request.Restore(current.newId(), attempt, opened.directory()));
        }
        boolean goesOn = hot.get().hyperparameters().equals(attempt.hyperparameters())
                && (attempt.reseed().isEmpty() || !current.speaksTwo());
        return goesOn ? Optional.empty() : Optional.of(new Request.Apply(current.newId(), attempt));
    }

    private static String what(Request request) {
        if (request instanceof Request.Create) {
            return "create";
        }
        return request instanceof Request.Restore ? "restore" : "apply";
    }

    private String giveUp(String message) {
        forget();
        return process.giveUp(message);
    }

    private void abandon(Path staged) {
        try {
            checkpoints.abandon(staged);
        } catch (RuntimeException e) {
            LOG.warn("The empty directory {} cannot be deleted", staged, e);
        }
    }

    @Override
    public void close() {
        process.close();
        stagedAhead.ifPresent(this::abandon);
        log.close();
    }
}
