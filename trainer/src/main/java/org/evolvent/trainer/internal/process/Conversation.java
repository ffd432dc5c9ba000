package org.evolvent.trainer.internal.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.ExecutorEvent.Failed.Cause;
import org.evolvent.runtime.StorageException;
import org.evolvent.trainer.internal.LineReader;
import org.evolvent.trainer.internal.LocalProcess;
import org.jspecify.annotations.Nullable;

/** Requests to one process and its answers, in order. Whatever goes wrong leaves the process unusable. Not thread-safe. */
final class Conversation {
    /** A trainer may hold its numbers in single precision. */
    private static final double TOLERANCE = 1e-6;

    /** What doubles count exactly; more is no count of steps. */
    private static final long MOST_STEPS = 1L << 53;

    /** Characters of a trainer's own words that are repeated; the log has them all. */
    private static final int LONGEST_MESSAGE = 4000;

    private static final Duration TIME_TO_EXIT = Duration.ofSeconds(2);

    private final LocalProcess process;
    private long nextId;
    /** The version that was agreed on; 0 before. */
    private int version;

    private boolean finishes;
    private boolean marks;
    private Map<String, Double> measured = Map.of();

    Conversation(LocalProcess process) {
        this.process = process;
    }

    LocalProcess process() {
        return process;
    }

    /** Returns whether a version was agreed on. */
    boolean isStarted() {
        return version > 0;
    }

    /** Returns whether the trainer speaks version 2, which has {@code evaluate}, {@code reseed} and {@code seconds}. */
    boolean speaksTwo() {
        return version > 1;
    }

    long newId() {
        return nextId++;
    }

    /** Agrees on the version, and on a line that begins another attempt's log. */
    void start(int slot, String run, List<String> fixed, String mark) throws TrainerFailure {
        Request.Start start = new Request.Start(newId(), Wire.VERSIONS, slot, run, fixed, Optional.of(mark));
        send(List.of(start));
        Answer.Ok ok = await(start.id(), "start", progress -> {});
        long agreed = ok.version().orElse(-1L);
        if (!Wire.speaks(agreed)) {
            throw new TrainerFailure("The trainer wants to speak version %s of the protocol, but known here are %s"
                    .formatted(ok.version().map(String::valueOf).orElse("(none)"), Wire.VERSIONS));
        }
        version = (int) agreed;
        finishes = ok.finishes();
        marks = ok.marks();
    }

    /** Writes requests at once. */
    void send(List<Request> requests) throws TrainerFailure {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        requests.forEach(request -> lines.writeBytes(Wire.encode(request, version)));
        try {
            process.write(lines.toByteArray());
        } catch (IOException e) {
            throw ended("before it was asked anything");
        }
    }

    /** Returns whether the trainer can be asked to {@link #finish}. */
    boolean finishes() {
        return finishes;
    }

    /** Returns what the trainer has measured last; empty before. */
    Map<String, Double> measured() {
        return measured;
    }

    /** Returns whether the trainer marks where another attempt's log begins. */
    boolean marks() {
        return marks;
    }

    /** Asks for the end of a {@code train} at its next step. May be called by any thread, while nothing else is sent. */
    void finish(long train) {
        try {
            process.write(Wire.encode(new Request.Finish(train), version));
        } catch (IOException e) {
            // It is gone, and whoever waits for its answer finds that out.
        }
    }

    /** Asks the process to end, and gives it a moment. */
    void stop(Duration patience) {
        process.rememberChildren();
        try {
            process.writeLast(Wire.encode(new Request.Stop(newId()), Math.max(version, 1)));
            if (process.hasEnded(patience)) {
                return;
            }
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
        }
        process.end("it did not stop");
    }

    /**
     * Waits for the answer to a request.
     *
     * @param what the request, for people
     * @param progress is told how training goes on
     */
    Answer.Ok await(long id, String what, Consumer<Answer.Progress> progress) throws TrainerFailure {
        while (true) {
            Answer answer = next(what);
            if (answer instanceof Answer.Progress report && report.id() == id) {
                progress.accept(report);
            } else if (answer instanceof Answer.Ok ok && ok.id() == id) {
                if (!ok.metrics().isEmpty()) {
                    measured = ok.metrics();
                }
                return ok;
            } else if (answer instanceof Answer.Refused refused && refused.id().orElse(id) == id) {
                throw new TrainerFailure(
                        "The trainer failed to %s: %s".formatted(what, message(refused)),
                        refused.storage().or(() -> StorageException.saidBy(refused.message())));
            } else {
                throw new TrainerFailure("The trainer was asked to %s (request %d) and answered something else: %s"
                        .formatted(what, id, Wire.brief(answer)));
            }
        }
    }

    private static String message(Answer.Refused refused) {
        String message = refused.message();
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
    }

    private Answer next(String what) throws TrainerFailure {
        try {
            for (Optional<LineReader.Line> line = process.nextLine(); line.isPresent(); line = process.nextLine()) {
                byte[] bytes = line.get().bytes();
                int start = Wire.messageStart(bytes);
                if (start < 0) {
                    process.log(line.get());
                    continue;
                }
                if (start > 0) {
                    process.log(new LineReader.Line(Arrays.copyOf(bytes, start), false, true));
                }
                if (line.get().cut()) {
                    throw new TrainerFailure("The trainer wrote a message of more than %d bytes"
                            .formatted(LocalProcess.LONGEST_LINE_BYTES));
                }
                if (!line.get().ended()) {
                    throw new TrainerFailure("The trainer ended in the middle of a message");
                }
                return Wire.decode(bytes, start);
            }
        } catch (MalformedMessage e) {
            throw new TrainerFailure("The trainer wrote a malformed message: " + e.getMessage());
        }
        throw ended("while it was asked to " + what);
    }

    private TrainerFailure ended(String when) {
        // Mostly it is about to exit, and then its exit code says more than we could.
        if (!process.hasEnded(TIME_TO_EXIT)) {
            process.end("it closed its standard streams");
        }
        String how = process.howItEnded();
        return new TrainerFailure(
                "The trainer's process is gone %s: %s".formatted(when, how),
                process.wasKilled() ? Cause.ENDED : Cause.ERROR,
                process.medium());
    }

    /** Checks that an answer reports the step that it must. */
    static void requireStep(Answer.Ok ok, long step, String what) throws TrainerFailure {
        if (ok.step().orElse(-1L) != step) {
            throw new TrainerFailure(
                    "The trainer is at step %s after it was asked to %s, but it must be at step %d.\nMaybe it does not save its step, or trains another number of steps than asked?"
                            .formatted(ok.step().map(String::valueOf).orElse("(none)"), what, step));
        }
    }

    /**
     * Checks that an answer to {@code train} reports a step as it must.
     *
     * @param leastSteps how many must be trained
     * @return the steps that were trained
     */
    static long requireTrained(Answer.Ok ok, Attempt attempt, long leastSteps) throws TrainerFailure {
        long least = attempt.stepFrom() + leastSteps;
        long step = ok.step().orElse(-1L);
        if (step < least || step > MOST_STEPS) {
            throw new TrainerFailure(
                    "The trainer is at step %s after it was asked to train, but it must be at step %d at least.\nMaybe it trains fewer steps than asked, or does not restore its step?"
                            .formatted(ok.step().map(String::valueOf).orElse("(none)"), least));
        }
        return step - attempt.stepFrom();
    }

    /** Checks that an answer reports the hyperparameters that it must, or some of them; from version 2 on it may report none. */
    void requireHyperparameters(Answer.Ok ok, Hyperparameters asked, String what) throws TrainerFailure {
        if (ok.hyperparameters().isEmpty()) {
            if (speaksTwo()) {
                return;
            }
            throw new TrainerFailure(
                    "The trainer was asked to %s and did not say which hyperparameters are in force".formatted(what));
        }
        for (Map.Entry<String, Value> entry : ok.hyperparameters().get().entrySet()) {
            Optional<Value> wanted = Optional.ofNullable(asked.values().get(entry.getKey()));
            if (wanted.isPresent() && !same(wanted.get(), entry.getValue())) {
                throw new TrainerFailure(
                        "The trainer uses %s = %s, but it was asked to %s with %s.\nMaybe it takes the value from the checkpoint, or rounds it?"
                                .formatted(entry.getKey(), Wire.brief(entry.getValue()), what, wanted.get()),
                        Cause.OTHERWISE,
                        Optional.empty());
            }
        }
    }

    private static boolean same(Value asked, Value used) {
        Optional<Double> one = number(asked);
        Optional<Double> other = number(used);
        if (one.isEmpty() || other.isEmpty()) {
            return asked instanceof Value.Json ? same(asked.plain(), used.plain()) : asked.equals(used);
        }
        return Math.abs(one.get() - other.get()) <= TOLERANCE * Math.abs(one.get());
    }

    /** Numbers within lists and mappings may come back as 1 for 1.0, too. */
    private static boolean same(@Nullable Object asked, @Nullable Object used) {
        if (asked instanceof Number one && used instanceof Number other) {
            return Math.abs(one.doubleValue() - other.doubleValue()) <= TOLERANCE * Math.abs(one.doubleValue());
        }
        if (asked instanceof List<?> these && used instanceof List<?> those) {
            return these.size() == those.size()
                    && IntStream.range(0, these.size()).allMatch(i -> same(these.get(i), those.get(i)));
        }
        if (asked instanceof Map<?, ?> these && used instanceof Map<?, ?> those) {
            return these.keySet().equals(those.keySet())
                    && these.keySet().stream().allMatch(key -> same(these.get(key), those.get(key)));
        }
        return Objects.equals(asked, used);
    }

    private static Optional<Double> number(Value value) {
        if (value instanceof Value.Real real) {
            return Optional.of(real.value());
        }
        return value instanceof Value.Int integer ? Optional.of((double) integer.value()) : Optional.empty();
    }
}
