package org.evolvent.trainer.internal.explore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.trainer.internal.LineReader;
import org.evolvent.trainer.internal.LocalProcess;
import org.evolvent.trainer.internal.LogTail;
import org.evolvent.trainer.internal.Timekeeper;
import org.evolvent.trainer.internal.Watchdog;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.local.SlotResources;
import org.evolvent.trainer.internal.process.Wire;

/** Keeps the program running and asks it, one question after another. A failure leaves it ended; the next question starts it anew. */
final class ExploreProcess implements AutoCloseable {
    private static final Duration TIME_TO_EXIT = Duration.ofSeconds(2);

    private final Launch launch;
    private final Duration limit;
    private final LogTail log;
    private final Watchdog watchdog = new Watchdog();
    private final Timekeeper timekeeper = new Timekeeper();
    private Optional<LocalProcess> running = Optional.empty();
    private long nextId;

    ExploreProcess(List<String> command, Path directory, Path logs, Map<String, String> environment, Duration limit) {
        this.launch = Launch.of(command, directory, logs, List.of(SlotResources.unlimited()))
                .withEnvironment(environment);
        this.limit = limit;
        this.log = new LogTail(logs.resolve("explore.log"));
    }

    ExploreWire.Answer ask(Question question) throws ExploreFailure {
        try {
            LocalProcess process = running.filter(LocalProcess::isAlive).orElse(null);
            if (process == null) {
                process = start();
            }
            long id = nextId++;
            process.work(Optional.of(limit), "exploring");
            byte[] answer = exchange(process, ExploreWire.explore(id, question));
            ExploreWire.Answer proposed = ExploreWire.answer(answer, Wire.messageStart(answer), id, question);
            process.rest();
            return proposed;
        } catch (ExploreFailure e) {
            end("it failed to explore");
            throw e;
        }
    }

    private LocalProcess start() throws ExploreFailure {
        end("it is replaced");
        LocalProcess process =
                LocalProcess.start(launch.command(), launch, 0, Map.of(), ProcessBuilder.Redirect.PIPE, log, watchdog);
        running = Optional.of(process);
        timekeeper.watch(process);
        process.start();
        long id = nextId++;
        byte[] answer = exchange(process, ExploreWire.start(id));
        ExploreWire.started(answer, Wire.messageStart(answer), id);
        return process;
    }

    /** Writes a line and returns the next one that holds a message. */
    private byte[] exchange(LocalProcess process, byte[] question) throws ExploreFailure {
        try {
            process.write(question);
            for (Optional<LineReader.Line> line = process.nextLine(); line.isPresent(); line = process.nextLine()) {
                byte[] bytes = line.get().bytes();
                int start = Wire.messageStart(bytes);
                if (start < 0) {
                    process.log(line.get());
                } else if (line.get().cut() || !line.get().ended()) {
                    throw new ExploreFailure("It wrote a message of more than %s bytes, or ended in the middle of one"
                            .formatted(LocalProcess.LONGEST_LINE_BYTES));
                } else {
                    if (start > 0) {
                        process.log(new LineReader.Line(Arrays.copyOf(bytes, start), false, true));
                    }
                    return bytes;
                }
            }
        } catch (IOException e) {
            throw gone(process);
        }
        throw gone(process);
    }

    private static ExploreFailure gone(LocalProcess process) {
        if (!process.hasEnded(TIME_TO_EXIT)) {
            process.end("it closed its standard streams");
        }
        String how = process.howItEnded();
        return new ExploreFailure("Its process is gone: %s".formatted(how), process.medium());
    }

    /** Returns a message with the last lines that the program printed below it. */
    String quoteBelow(String message) {
        return log.quoteBelow(message);
    }

    private void end(String why) {
        running.ifPresent(process -> {
            timekeeper.forget(process);
            process.end(why);
            process.awaitEnd();
        });
        running = Optional.empty();
    }

    @Override
    public void close() {
        end("the study is over");
        timekeeper.close();
        watchdog.close();
        log.close();
    }
}
