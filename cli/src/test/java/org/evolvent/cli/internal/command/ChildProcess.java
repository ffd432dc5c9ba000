package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.evolvent.cli.Evolvent;
import org.evolvent.cli.trainers.Slow;
import org.evolvent.testkit.internal.contract.ChildJvm;

/** The command in a JVM of its own, whose trainers stand still after some intervals. */
final class ChildProcess {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    /** Between two looks at the log: the child needs the processor more. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Process process;
    private final Path output;

    ChildProcess(Path directory, int intervals, String... arguments) throws IOException {
        output = directory.resolve("output.txt");
        process = ChildJvm.of(Map.of(Slow.INTERVALS, intervals), Evolvent.class, arguments)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Starts the command in a JVM of its own, whose trainers train to the end. */
    static Process start(Path directory, String... arguments) throws IOException {
        return ChildJvm.of(Map.of(Slow.INTERVALS, Integer.MAX_VALUE), Evolvent.class, arguments)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
    }

    /** Waits until a run has so many intervals in its log. */
    void awaitIntervals(Shell shell, String run, long intervals) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (intervals(shell, run) < intervals) {
            assertThat(process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS))
                    .as(Files.readString(output))
                    .isFalse();
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
        }
    }

    /** Waits until it has said something. */
    void awaitOutput(String text) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!output().contains(text)) {
            assertThat(process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS))
                    .as(output())
                    .isFalse();
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
        }
    }

    private static long intervals(Shell shell, String run) {
        if (!Files.exists(shell.directory().resolve(run).resolve("study.yaml"))) {
            return -1;
        }
        Shell.Answer answer = shell.call("status", run, "--json");
        return answer.code() == 0 ? answer.json().get("intervals").asLong() : -1;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends SIGTERM and returns the exit code. */
    int terminate() throws Exception {
        return end("TERM");
    }

    /** Sends a signal and returns the exit code. */
    int end(String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }
}
