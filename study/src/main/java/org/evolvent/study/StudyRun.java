package org.evolvent.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.evolvent.runtime.StudyListener;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyAmendment;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.FromRun;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.study.internal.run.Trainers;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.TrainerFactory;

/**
 * A study that runs in threads of its own, from its start or from where it was.
 *
 * <pre>{@code
 * try (StudyRun run = StudyRun.of(spec).trainer(MyTrainer::new).directory(Path.of("evolvent-runs/mine")).start()) {
 *     StudyResult result = run.await();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread, {@link #await} and {@link #close} but not by a listener, which would wait for itself.
 * Closing stops the study when it is not over; in a directory it can be resumed.
 */
public final class StudyRun implements AutoCloseable {
    private final RunDirectory directory;
    private final Trainers trainers;
    private final RunSession session;
    private final Optional<Path> temporary;
    private final Thread thread;
    private final CompletableFuture<StudyResult> end = new CompletableFuture<>();

    private StudyRun(
            RunDirectory directory,
            Trainers trainers,
            RunSession session,
            Optional<Path> temporary,
            StudyListener listener) {
        this.directory = directory;
        this.trainers = trainers;
        this.session = session;
        this.temporary = temporary;
        this.thread =
                new Thread(() -> run(listener), "evolvent-" + directory.path().getFileName());
    }

    /**
     * Prepares a study that is to begin.
     *
     * <p>A baseline of random search is not part of it: run the study again under {@code StrategySpec.of(Map.of("random_search", Map.of()))}.
     */
    public static Builder of(StudySpec spec) {
        return new Builder(Optional.of(Objects.requireNonNull(spec, "the study is null")), Optional.empty());
    }

    /** Prepares to go on with a study in its directory. */
    public static Builder resume(Path directory) {
        return new Builder(Optional.empty(), Optional.of(Objects.requireNonNull(directory, "the directory is null")));
    }

    /** Returns the absolute path of the run directory, where the study keeps everything. */
    public Path directory() {
        return directory.path();
    }

    /**
     * Asks the study to stop soon; {@link #await} then returns what there is. What is under way is cancelled, and is trained again when the
     * study is resumed.
     */
    public void stop() {
        session.stop();
    }

    /**
     * Asks the study to stop when what is under way is saved; {@link #await} then returns what there is. Trainers are asked to
     * {@linkplain org.evolvent.trainer.Trainer#finish finish}: what they have trained of their intervals counts, and the rest is done when the
     * study is resumed. Intervals of trainers that cannot are cancelled.
     *
     * @param atMost how long to wait for that, above 0; then the study stops as by {@link #stop}
     * @throws IllegalArgumentException when the time is not above 0
     */
    public void finish(Duration atMost) {
        if (atMost.isZero() || atMost.isNegative()) {
            throw new IllegalArgumentException(
                    "The time to finish is %s but must be above 0.\nMaybe stop() is meant?".formatted(atMost));
        }
        session.finish(atMost);
    }

    /**
     * Waits for the end.
     *
     * @throws org.evolvent.runtime.EvolventException when the study could not go on; what was trained stays in its directory
     * @throws InterruptedException when this thread is interrupted; the study goes on
     * @throws IllegalStateException when a listener calls it
     */
    public StudyResult await() throws InterruptedException {
        requireAnotherThread("await");
        try {
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("The study ended in an error", e.getCause());
        }
    }

    /**
     * Stops the study when it is not over, waits for its end, and lets go of everything. Closing twice does nothing.
     *
     * @throws IllegalStateException when a listener calls it
     */
    @Override
    public void close() {
        requireAnotherThread("close");
        stop();
        end.exceptionally(failure -> null).join();
        trainers.close();
        directory.close();
        temporary.ifPresent(StudyRun::delete);
    }

    private void requireAnotherThread(String method) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException(
                    "%s waits for the end of the study, but a listener called it, for which the study waits.\nMaybe stop() is enough?"
                            .formatted(method));
        }
    }

    private static void delete(Path parent) {
        try {
            Disk.deleteTree(parent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(StudyListener listener) {
        try {
            end.complete(StudyResult.of(session.run(listener), directory));
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /** Collects with what a study is to run. Not thread-safe. */
    public static final class Builder {
        private final Optional<StudySpec> spec;
        private Optional<Path> path;
        private Optional<TrainerFactory> factory = Optional.empty();
        private Optional<FromRun> models = Optional.empty();
        private final List<Setting> settings = new ArrayList<>();
        private StudyListener listener = new StudyListener() {};

        private Builder(Optional<StudySpec> spec, Optional<Path> path) {
            this.spec = spec;
            this.path = path;
        }

        /** Sets what makes the trainers of a study whose trainer is {@linkplain TrainerSpec.Embedded embedded}. */
        public Builder trainer(TrainerFactory object) {
            this.factory = Optional.of(Objects.requireNonNull(object, "the factory of trainers is null"));
            return this;
        }

        /**
         * Sets where the study keeps everything: a directory that does not exist, or is empty. By default a temporary one that goes when the
         * run is closed.
         */
        public Builder directory(Path run) {
            this.path = Optional.of(Objects.requireNonNull(run, "the directory is null"));
            return this;
        }

        /**
         * Amends a study that goes on: gives a key of its file another value from here on. The log has the amendment before anything else
         * happens.
         *
         * @param key such as {@code budget.steps}
         * @param value in YAML
         */
        public Builder amend(String key, String value) {
            settings.add(new Setting("amend(%s, %s)".formatted(key, value), key, value));
            return this;
        }

        /**
         * Lets a study begin with the models of another run: weights, hyperparameters and scores, the best first; without it, members begin
         * with freshly initialised weights.
         *
         * @param run its directory; it is only read
         */
        public Builder from(Path run) {
            this.models = Optional.of(new FromRun(absolute(run), false));
            return this;
        }

        /**
         * Lets all members of a study begin with the best model of another run: the first with its hyperparameters, the others with those of
         * beginners.
         *
         * @param run its directory; it is only read
         */
        public Builder fromBest(Path run) {
            this.models = Optional.of(new FromRun(absolute(run), true));
            return this;
        }

        /** Sets who is told what happens, on the study's thread; nobody by default. */
        public Builder listener(StudyListener told) {
            this.listener = Objects.requireNonNull(told, "the listener is null");
            return this;
        }

        /**
         * Starts. An interrupt of the calling thread is not answered; it is left for whoever waits next.
         *
         * @throws org.evolvent.study.spec.StudyFileException when the study, its trainer or a class that it names is not as it must be
         * @throws IllegalArgumentException when the trainer is embedded and none is given, or is not and one is, when a study that begins is
         *     amended, or when one that goes on is to begin with models
         * @throws org.evolvent.runtime.EvolventException when the directory cannot be used, or the study cannot begin with the
         *     models of the other run
         */
        public StudyRun start() {
            // The JDK closes files that an interrupted thread writes.
            boolean interrupted = Thread.interrupted();
            try {
                return spec.isPresent() ? begin(StudyFile.of(spec.get()).startable()) : goOn(path.orElseThrow());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private StudyRun begin(StudyFile file) {
            if (!settings.isEmpty()) {
                throw new IllegalArgumentException(
                        "A study that begins was given an amendment of %s.\nMaybe say it in the study itself, or resume one?"
                                .formatted(settings.get(0).path()));
            }
            models.ifPresent(source -> source.moved(file));
            Trainers trainers = trainers(file);
            Optional<Path> temporary = path.isPresent() ? Optional.empty() : Optional.of(temporary());
            try {
                Path run = path.orElseGet(
                        () -> temporary.orElseThrow().resolve(file.study().name()));
                return started(
                        file,
                        RunDirectory.create(absolute(run), file.yaml(), models.map(FromRun::text)),
                        trainers,
                        temporary);
            } catch (RuntimeException e) {
                trainers.close();
                temporary.ifPresent(StudyRun::delete);
                throw e;
            }
        }

        private StudyRun goOn(Path run) {
            models.ifPresent(source -> {
                throw new IllegalArgumentException(
                        "A study that goes on was given the models of %s to begin with.\nMaybe begin another study with them?"
                                .formatted(source.run()));
            });
            RunDirectory directory = RunDirectory.open(absolute(run));
            try {
                StudyFile asked = StudyFile.of(directory, settings);
                Trainers trainers = trainers(asked);
                try {
                    StudyFile file = StudyAmendment.apply(directory, asked, true, Instant.now())
                            .file();
                    return started(file, directory, trainers, Optional.empty());
                } catch (RuntimeException e) {
                    trainers.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                directory.close();
                throw e;
            }
        }

        private Trainers trainers(StudyFile file) {
            boolean isEmbedded = file.trainer() instanceof TrainerSpec.Embedded;
            if (isEmbedded != factory.isPresent()) {
                throw new IllegalArgumentException(
                        isEmbedded
                                ? "The study's trainer is embedded, but no trainer was given.\nMaybe trainer(MyTrainer::new) is missing?"
                                : "A trainer was given, but the study has its own: %s".formatted(file.trainer()));
            }
            return factory.map(made -> Trainers.of(made, file.study().space())).orElseGet(() -> Trainers.find(file));
        }

        private StudyRun started(StudyFile file, RunDirectory directory, Trainers trainers, Optional<Path> temporary) {
            RunSession session = new RunSession(
                    file, directory, trainers, RunSession.slots(file), InstantSource.system(), temporary.isEmpty());
            StudyRun run = new StudyRun(directory, trainers, session, temporary, listener);
            run.thread.start();
            return run;
        }

        private static Path absolute(Path path) {
            return path.toAbsolutePath().normalize();
        }

        private static Path temporary() {
            try {
                return Files.createTempDirectory("evolvent-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
