package org.evolvent.study.internal.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.guard.EffectProbe;
import org.evolvent.study.internal.guard.RestoreGuard;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.internal.Allowance;
import org.evolvent.trainer.internal.Evaluations;
import org.jspecify.annotations.Nullable;

/** Wires one study and runs it in its directory, from the start or from where it was. {@link #stop} may be called by any thread. */
public final class RunSession {
    /** Of the first 2,000 or so restores of a program; by then a study is believed. */
    private static final int EVALUATIONS = 8;

    private final StudyFile file;
    private final RunDirectory directory;
    private final Trainers trainers;
    private final int slots;
    private final InstantSource clock;
    private final boolean isKept;
    private final AtomicReference<@Nullable StudyDriver> driver = new AtomicReference<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /**
     * Prepares a run; nothing happens before {@link #run}.
     *
     * @param slots how many intervals train at the same time, at least 1
     */
    public RunSession(StudyFile file, RunDirectory directory, Trainers trainers, int slots, InstantSource clock) {
        this(file, directory, trainers, slots, clock, true);
    }

    /**
     * Prepares a run; nothing happens before {@link #run}.
     *
     * @param slots how many intervals train at the same time, at least 1
     * @param isKept whether the directory stays, so that the study can be resumed
     */
    public RunSession(
            StudyFile file, RunDirectory directory, Trainers trainers, int slots, InstantSource clock, boolean isKept) {
        this.file = file;
        this.directory = directory;
        this.trainers = trainers;
        this.slots = slots;
        this.clock = clock;
        this.isKept = isKept;
    }

    /** Returns how many slots a study uses unless told otherwise: those that it asks for, or one for each processor, and never more than members. */
    public static int slots(StudyFile file) {
        int wanted = file.resources().slots().orElse(Runtime.getRuntime().availableProcessors());
        return Math.max(1, Math.min(wanted, file.study().population()));
    }

    /** Asks {@link #run} to return soon; the study can be resumed. */
    public void stop() {
        stopped.set(true);
        StudyDriver running = driver.get();
        if (running != null) {
            running.stop();
        }
    }

    /**
     * Asks {@link #run} to return when what is under way has saved what is trained so far; the study can be resumed from there.
     *
     * @param atMost how long to wait for that, unless {@link #stop} is called
     */
    public void finish(Duration atMost) {
        StudyDriver running = driver.get();
        if (running == null) {
            stop(); // Nothing is under way, and nothing shall begin.
        } else {
            running.finish(atMost);
        }
    }

    private void obey(Control.Order order) {
        if (order == Control.Order.STOP) {
            stop();
        } else {
            StudyDriver running = driver.get();
            if (running != null) {
                running.hold(order == Control.Order.PAUSE);
            }
        }
    }

    private void lost(DamagedCheckpointException damage) {
        StudyDriver running = driver.get();
        if (running != null) {
            running.lost(damage.checkpoint(), String.valueOf(damage.getMessage()));
        }
    }

    /**
     * How a session ended.
     *
     * @param summary the log in numbers
     * @param publication what is in {@code best/} now
     */
    public record Ending(Summary summary, Publication publication) {}

    /**
     * Runs until the study is over or {@link #stop} is called. The best model is published in either case.
     *
     * @param display is told what happens
     */
    public Ending run(StudyListener display) {
        Troubles troubles = new Troubles(directory::warnings, display);
        troubles.tell();
        BestKeeper keeper = new BestKeeper(directory, clock, this::lost, display);
        Optional<DiskBudget> disk = file.resources().disk().isPresent()
                ? Optional.of(new DiskBudget(
                        directory.path(), file.resources().disk().getAsLong(), slots, wayOn(), clock, this::stop))
                : Optional.empty();
        disk.ifPresent(DiskBudget::look);
        requireNone(disk.flatMap(DiskBudget::exceeded));
        FalseStart start = new FalseStart(file.study(), slots, wayOn(), this::stop);
        RemovedLog log = new RemovedLog(directory.path(), this::stop);
        List<String> untrue = new ArrayList<>();
        RestoreGuard guard = new RestoreGuard(file.study(), finding -> {
            display.warned(finding);
            if (file.spec().strict()) {
                untrue.add(finding);
                stop();
            }
        });
        int hot = file.resources().hot().orElse(file.study().population());
        Allowance allowance = new Allowance(
                (double) file.study().population() * file.study().budget().steps());
        TrainerSettings site = new TrainerSettings(
                directory.checkpoints(),
                slots,
                hot,
                () -> new Evaluations(EVALUATIONS, allowance),
                directory.logs(),
                clock);
        Publication publication;
        try (StrategyPrograms programs = StrategyPrograms.open(file, directory.logs());
                NowFile now = new NowFile(directory.logs(), clock);
                Executor executor = new EffectProbe(trainers.open(site), file.study(), display::warned)) {
            now.places(executor::places);
            StudyDriver made = StudyDriver.of(file.begun(), directory.events(), directory.checkpoints(), executor)
                    .definition(file.definitionIn(directory.events()))
                    .beginning(store -> FromRun.of(directory)
                            .map(from -> from.population(file.begun(), directory))
                            .orElseGet(() -> SavedElsewhere.population(
                                    file.begun(), file.spec().checkpoints(), store)))
                    .snapshots(directory.snapshots())
                    .clock(clock)
                    .listener(new Both(
                            new Both(
                                    new Both(new Both(troubles, new UnfitWeights(display)), keeper),
                                    new Both(new Both(new NoScore(display), start), new Both(guard, log))),
                            new Both(now, disk.isPresent() ? new Both(disk.get(), display) : display)))
                    .driver();
            driver.set(made);
            if (stopped.get()) {
                made.stop();
            }
            try (Control control = Control.follow(directory.path(), this::obey)) {
                publication = keeper.publish(made.run());
            }
            troubles.tell();
        } catch (EvolventException e) {
            // Where the directory is gone, the first thing that fails says less.
            requireNone(log.reason());
            throw e;
        } finally {
            driver.set(null);
        }
        requireNone(log.reason().or(() -> disk.flatMap(DiskBudget::exceeded)).or(start::reason));
        if (!untrue.isEmpty()) {
            throw new EvolventException(
                    "%s\nThe study is strict and has stopped. What its checkpoints lack is lost: mend the trainer, and begin a new run%s"
                            .formatted(
                                    String.join("\n", untrue),
                                    wayOn().call()
                                            .map("; or go on with: "::concat)
                                            .orElse("")));
        }
        return new Ending(Summary.of(file, directory), publication);
    }

    /** Returns how the study goes on; only the program that has an embedded trainer can resume it. */
    private WayOn wayOn() {
        String resume = file.trainer() instanceof TrainerSpec.Embedded
                ? "StudyRun.resume(Path.of(\"%s\"))"
                : "evolvent resume %s";
        return new WayOn(isKept ? Optional.of(resume.formatted(directory.path())) : Optional.empty());
    }

    private static void requireNone(Optional<String> reasonToStop) {
        reasonToStop.ifPresent(reason -> {
            throw new EvolventException(reason);
        });
    }

    /** Tells two listeners. */
    private record Both(StudyListener first, StudyListener second) implements StudyListener {
        @Override
        public void watching(Supplier<List<Executor.Activity>> activities) {
            first.watching(activities);
            second.watching(activities);
        }

        @Override
        public void recovered(Facts earlier) {
            first.recovered(earlier);
            second.recovered(earlier);
        }

        @Override
        public void committed(Supplier<StudyState> state, List<? extends Event> events) {
            first.committed(state, events);
            second.committed(state, events);
        }

        @Override
        public void reported(ExecutorEvent event) {
            first.reported(event);
            second.reported(event);
        }

        @Override
        public void warned(String message) {
            first.warned(message);
            second.warned(message);
        }

        @Override
        public void paused(String reason) {
            first.paused(reason);
            second.paused(reason);
        }

        @Override
        public void unpaused() {
            first.unpaused();
            second.unpaused();
        }
    }
}
