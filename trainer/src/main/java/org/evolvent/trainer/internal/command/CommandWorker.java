package org.evolvent.trainer.internal.command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor.Activity;
import org.evolvent.runtime.Executor.Phase;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.ExecutorEvent.Failed.Cause;
import org.evolvent.trainer.internal.Cancellation;
import org.evolvent.trainer.internal.LineReader;
import org.evolvent.trainer.internal.LocalProcess;
import org.evolvent.trainer.internal.LogTail;
import org.evolvent.trainer.internal.Mishap;
import org.evolvent.trainer.internal.SlotState;
import org.evolvent.trainer.internal.SlotWorker;
import org.evolvent.trainer.internal.Stint;
import org.evolvent.trainer.internal.Timekeeper;
import org.evolvent.trainer.internal.Watchdog;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.process.MalformedMessage;
import org.evolvent.trainer.internal.process.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a process for each interval and reads what it left behind. */
final class CommandWorker implements SlotWorker {
    private static final long MOST_METRICS_BYTES = 1 << 20;
    private static final int MOST_DIGITS = 40;
    private static final Logger LOG = LoggerFactory.getLogger(CommandWorker.class);

    private final CommandTemplate template;
    private final Launch launch;
    private final int slot;
    private final CheckpointStore checkpoints;
    private final Watchdog watchdog;
    private final Timekeeper timekeeper;
    private final InstantSource clock;
    private final LogTail log;
    private final SlotState state;
    private volatile Optional<LocalProcess> running = Optional.empty();

    CommandWorker(
            Launch launch,
            int slot,
            CheckpointStore checkpoints,
            Watchdog watchdog,
            Timekeeper timekeeper,
            InstantSource clock) {
        this.template = new CommandTemplate(launch.command());
        this.launch = launch;
        this.slot = slot;
        this.checkpoints = checkpoints;
        this.watchdog = watchdog;
        this.timekeeper = timekeeper;
        this.clock = clock;
        this.state = new SlotState(slot, clock);
        this.log = new LogTail(launch.logs().resolve("slot-" + slot + ".log"));
    }

    @Override
    public void prepare() {
        // There is nothing to do before an interval is known.
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void stopWaiting() {
        // A command that waits for its place belongs to an attempt, which is cancelled.
    }

    @Override
    public Optional<String> place() {
        return running.flatMap(process -> process.placement().where());
    }

    @Override
    public Optional<Activity> activity() {
        return state.activity();
    }

    @Override
    public boolean holds(CheckpointId checkpoint) {
        return false;
    }

    @Override
    public Supplier<ExecutorEvent> run(Attempt attempt, Cancellation cancellation, Consumer<ExecutorEvent> reports) {
        state.enters(attempt, Phase.STARTS);
        ExecutorEvent end = run(attempt, cancellation);
        state.rests();
        return () -> end;
    }

    private ExecutorEvent run(Attempt attempt, Cancellation cancellation) {
        Stint stint = new Stint(slot, clock);
        log.attempt(attempt, stint.startedAt(), false);
        running = Optional.empty();
        try {
            return carryOut(attempt, cancellation, stint);
        } catch (CommandFailure e) {
            Execution execution = stint.execution();
            if (cancellation.isCancelled()) {
                return new ExecutorEvent.Lost(attempt, "it was cancelled", execution);
            }
            String message = log.quoteBelow(String.valueOf(e.getMessage()));
            LOG.warn("{} failed. {}", attempt, message);
            boolean withPlace = running.filter(LocalProcess::wasWithdrawn).isPresent();
            if (withPlace
                    || running.filter(process -> !process.placement().isGranted())
                            .isPresent()) {
                return new ExecutorEvent.Lost(attempt, message, Optional.empty(), withPlace, execution);
            }
            if (e.medium().isPresent()) {
                return new ExecutorEvent.Lost(attempt, message, e.medium(), execution);
            }
            return new ExecutorEvent.Failed(attempt, message, e.cause(), execution);
        } catch (IOException | RuntimeException e) {
            // The checkpoint store, the disk, or no such program: not the command's fault.
            Mishap.log(LOG, attempt, e);
            return ExecutorEvent.thrown(attempt, e, stint.execution());
        }
    }

    private ExecutorEvent carryOut(Attempt attempt, Cancellation cancellation, Stint stint)
            throws CommandFailure, IOException {
        Path scratch = Files.createTempDirectory("evolvent-");
        Path staged = checkpoints.stage();
        Optional<CheckpointStore.Opened> parent = Optional.empty();
        boolean saved = false;
        try {
            parent = attempt.parent().map(CheckpointRef::id).map(checkpoints::open);
            Path metricsFile = scratch.resolve("metrics.json");
            Path hyperparametersFile = scratch.resolve("hyperparameters.json");
            Files.writeString(
                    hyperparametersFile, Wire.json(attempt.hyperparameters()).toString());
            Path stepsFile = scratch.resolve("steps");
            Map<String, String> values = values(attempt, parent, staged, metricsFile, stepsFile, hyperparametersFile);
            long begun = System.nanoTime();
            try {
                execute(attempt, values, cancellation, stint);
            } finally {
                stint.trainedSince(begun);
            }
            Map<String, Double> metrics = readMetrics(metricsFile);
            long steps = readSteps(stepsFile, attempt);
            if (isEmpty(staged)) {
                throw new CommandFailure("The command saved nothing into %s.\nMaybe it does not take {checkpoint_out}?"
                        .formatted(staged));
            }
            saved = true;
            state.enters(attempt, Phase.SAVES);
            CheckpointStore.Stored stored = checkpoints.commit(staged);
            timekeeper.finished(stint.elapsed());
            return new ExecutorEvent.Done(attempt, steps, metrics, List.of(), stored, stint.execution());
        } finally {
            parent.ifPresent(CheckpointStore.Opened::close);
            if (!saved) {
                checkpoints.abandon(staged);
            }
            delete(scratch);
        }
    }

    private Map<String, String> values(
            Attempt attempt,
            Optional<CheckpointStore.Opened> parent,
            Path staged,
            Path metricsFile,
            Path stepsFile,
            Path hyperparametersFile) {
        Map<String, String> values = new LinkedHashMap<>();
        // A hyperparameter that is not active has a placeholder all the same.
        template.placeholders().forEach(name -> values.put(name, ""));
        // Younger than many a study: a hyperparameter of the name goes first.
        values.put("reseed", attempt.reseed().map(String::valueOf).orElse(""));
        values.put("seconds", attempt.time().map(CommandWorker::seconds).orElse(""));
        values.put("steps_out", stepsFile.toString());
        attempt.hyperparameters().values().forEach((name, value) -> values.put(name, value.toString()));
        values.put("hyperparameters_json", hyperparametersFile.toString());
        values.put(
                "checkpoint_in",
                parent.map(opened -> Wire.path(opened.directory())).orElse(""));
        values.put("checkpoint_out", Wire.path(staged));
        values.put("steps", Long.toString(attempt.steps()));
        values.put("step", Long.toString(attempt.stepFrom()));
        values.put("seed", Integer.toString(Wire.seed(attempt)));
        values.put("member", attempt.member().toString());
        values.put("metrics_out", metricsFile.toString());
        return values;
    }

    /** Runs the command to its end; afterwards no child of it is left. */
    private void execute(Attempt attempt, Map<String, String> values, Cancellation cancellation, Stint stint)
            throws CommandFailure, IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        values.forEach((name, value) -> variables.put(CommandTemplate.variable(name), value));
        LocalProcess process = LocalProcess.start(
                template.fill(values),
                launch,
                slot,
                variables,
                ProcessBuilder.Redirect.from(new File("/dev/null")),
                log,
                watchdog);
        timekeeper.watch(process);
        running = Optional.of(process);
        try {
            cancellation.covers(process);
            if (!process.placement().await()) {
                throw new CommandFailure("There is no place for the command: " + process.howItEnded());
            }
            stint.isIn(process.placement());
            process.work(launch.limits().interval(), "the interval");
            state.uses(process);
            state.enters(attempt, Phase.TRAINS);
            for (Optional<LineReader.Line> line = process.nextLine(); line.isPresent(); line = process.nextLine()) {
                process.log(line.get());
            }
            process.awaitExit();
            if (process.awaitEnd() != 0) {
                throw new CommandFailure(
                        "The command failed: " + process.howItEnded(),
                        process.wasKilled() ? Cause.ENDED : Cause.ERROR,
                        process.medium());
            }
        } finally {
            timekeeper.forget(process);
            process.end("its interval is over");
            process.awaitEnd();
        }
    }

    private static Map<String, Double> readMetrics(Path file) throws CommandFailure, IOException {
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new CommandFailure("What the command left at %s is no regular file".formatted(file));
            }
            if (Files.size(file) > MOST_METRICS_BYTES) {
                throw new CommandFailure("The command wrote %s bytes of metrics, but at most %s are read"
                        .formatted(Files.size(file), MOST_METRICS_BYTES));
            }
            return Wire.metricsOf(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    "The command ended well, but wrote no metrics into %s.\nMaybe it does not take {metrics_out}?"
                            .formatted(file));
        } catch (AccessDeniedException | MalformedMessage e) {
            throw new CommandFailure("The command wrote metrics that cannot be read: " + e.getMessage());
        }
    }

    /** Reads how many steps were trained; a command that writes nothing has trained as many as it was asked for. */
    private static long readSteps(Path file, Attempt attempt) throws CommandFailure, IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            if (attempt.time().isPresent()) {
                throw new CommandFailure(
                        "The command was given a time and wrote no number of steps into %s.\nMaybe it does not take {seconds} and {steps_out}?"
                                .formatted(file));
            }
            return attempt.steps();
        }
        String text = Files.size(file) <= MOST_DIGITS ? Files.readString(file).strip() : "";
        long steps = text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
        if (steps < attempt.leastSteps()) {
            throw new CommandFailure("The command wrote '%s' as its number of steps, which must be at least %s"
                    .formatted(text, attempt.leastSteps()));
        }
        return steps;
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (NoSuchFileException | NotDirectoryException e) {
            // The store says what is wrong with it.
            return false;
        }
    }

    private static void delete(Path scratch) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(scratch)) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
            Files.delete(scratch);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The temporary directory {} cannot be deleted", scratch, e);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
