package org.evolvent.trainer.internal.explore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.random.RandomStream;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StorageException;

/**
 * Asks a program of the user for the next hyperparameters. The program is started at the first question, in the same way and under the
 * same watch as a trainer, and answers one question after another.
 *
 * <p>What it answers is validated against the search space and becomes a decision in the log like any other; recovery reads it there and
 * does not ask again. The question holds everything that an answer may depend on, a seed included, so that a program which is a function of
 * its question gives decisions that can be derived again.
 *
 * <p>A program that dies, takes longer than its limit, or answers anything else than a point of the space is ended, started anew and asked
 * once more. When it fails again, {@link EvolventException} stops the study, which can be resumed: to go on with hyperparameters that nobody
 * chose would be another study. When it says that a disk is full or read-only, {@link StorageException} makes the study wait for that.
 * Belongs to the driver's thread.
 */
public final class ProgramExplore implements Explore, AutoCloseable {
    /** The default time for an answer; the driver decides about nobody else meanwhile. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    private final List<String> command;
    private final Path directory;
    private final Duration limit;
    private Optional<ExploreProcess> process = Optional.empty();

    /**
     * Creates one; nothing is started before {@link #open} and the first question.
     *
     * @param command the program and its arguments; never given to a shell
     * @param directory where it runs
     * @param limit the time for an answer, above 0
     */
    public ProgramExplore(List<String> command, Path directory, Duration limit) {
        this.command = List.copyOf(command);
        this.directory = directory;
        this.limit = limit;
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException(
                    "The command is %s but must begin with a program, such as [python3, explore.py]"
                            .formatted(command));
        }
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("The time for an answer is %s but must be above 0".formatted(limit));
        }
    }

    /** Returns the program and its arguments. */
    public List<String> command() {
        return command;
    }

    /** Returns where it runs. */
    public Path directory() {
        return directory;
    }

    /**
     * Makes it ready for questions, until {@link #close}.
     *
     * @param logs a directory for {@code explore.log}, which gets what the program prints
     * @param environment variables on top of this JVM's
     */
    public void open(Path logs, Map<String, String> environment) {
        close();
        process = Optional.of(new ExploreProcess(command, directory, logs, environment, limit));
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        return ask(new Question(handover, (int) (random.nextLong() >>> 33)));
    }

    private Exploration ask(Question question) {
        ExploreProcess asked = process.orElseThrow(
                () -> new IllegalStateException("The program %s was asked before it was opened".formatted(command)));
        try {
            return exploration(asked.ask(question), question);
        } catch (ExploreFailure first) {
            try {
                return exploration(asked.ask(question), question);
            } catch (ExploreFailure second) {
                Optional<StorageException.Kind> medium = second.medium();
                if (medium.isPresent()) {
                    throw new StorageException(
                            medium.get(),
                            "The program that explores, '%s', cannot answer: %s"
                                    .formatted(String.join(" ", command), second.getMessage()),
                            second);
                }
                throw new EvolventException(asked.quoteBelow(
                        "The program that explores, '%s', failed twice.\nFirst: %s\nThen: %s\nMaybe mend it and resume: nothing that was decided is lost."
                                .formatted(String.join(" ", command), first.getMessage(), second.getMessage())));
            }
        }
    }

    private Exploration exploration(ExploreWire.Answer answer, Question question) {
        return new Exploration(
                answer.hyperparameters(),
                answer.reason().orElseGet(() -> "The program %s chose it".formatted(String.join(" ", command))),
                Evidence.of("seed", question.seed()));
    }

    /** Ends the program. Closing twice does nothing. */
    @Override
    public void close() {
        process.ifPresent(ExploreProcess::close);
        process = Optional.empty();
    }
}
