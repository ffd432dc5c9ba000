package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.evolvent.cli.Evolvent;
import org.evolvent.cli.trainers.Slow;

/** The command in a JVM of its own, whose trainers stand still after some intervals. */
final class ChildProcess {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;

    ChildProcess(Path directory, int intervals, String... arguments) throws IOException {
        output = directory.resolve("output.txt");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + Slow.INTERVALS + "=" + intervals,
                "-cp",
                System.getProperty("java.class.path"),
                Evolvent.class.getName()));
        words.addAll(List.of(arguments));
        process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Waits until a run has so many intervals in its log. */
    void awaitIntervals(Shell shell, String run, long intervals) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (intervals(shell, run) < intervals) {
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            Thread.onSpinWait();
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
    int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }
}
