package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.evolvent.trainer.testing.Survivors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child that left its trainer, its session and its environment behind ends with its trainer, and holds nobody up, whatever it holds. */
@Tag("slow")
@NeedsProgram({"perl", "python3"})
class EscapeesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"stdin", "stdout", "stderr", "nothing"})
    void oneWhoseTrainerExits(String holds) {
        PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
        try (ProcessExecutor executor = executor(launch(holds, "exit"), checkpoints)) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0)))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Failed.class,
                            failed -> assertThat(failed.message()).contains("it exited with code 3"));
            assertThat(Survivors.among(escaped())).isEmpty();
            assertThat(Attempts.run(executor, Attempts.first(0, 1))).isInstanceOf(ExecutorEvent.Done.class);
        }
        assertThat(checkpoints.stagedNow()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdin", "stdout", "stderr", "nothing"})
    void oneWhoseTrainerTakesTooLong(String holds) {
        Launch launch = launch(holds, "hang");
        PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
        try (ProcessExecutor executor =
                executor(launch.withLimits(launch.limits().withInterval(Duration.ofSeconds(1))), checkpoints)) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0)))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Failed.class,
                            failed -> assertThat(failed.message()).contains("the interval took longer than PT1S"));
            assertThat(Survivors.among(escaped())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdin", "stdout", "stderr", "nothing"})
    void oneWhoseTrainerGoesOnToTheEnd(String holds) {
        PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
        try (ProcessExecutor executor = executor(launch(holds, "go-on"), checkpoints)) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0))).isInstanceOf(ExecutorEvent.Done.class);
            assertThat(Survivors.among(escaped())).hasSize(1);
        }
        assertThat(Survivors.among(escaped())).isEmpty();
    }

    @Test
    void oneWhoseTrainerIsStopped() throws Exception {
        PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
        try (ProcessExecutor executor = executor(launch("stdout", "hang"), checkpoints)) {
            Attempt attempt = Attempts.first(0, 0);
            executor.start(attempt);
            List<Long> escaped = escaped();
            List<Long> tree = ProcessHandle.current()
                    .descendants()
                    .map(ProcessHandle::pid)
                    .filter(pid -> ProcessHandle.of(pid)
                            .flatMap(handle -> handle.info().commandLine())
                            .filter(line -> line.contains("escaping.py"))
                            .isPresent())
                    .toList();
            assertThat(tree).isNotEmpty();
            for (long pid : tree) {
                new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + pid).start().waitFor();
            }
            executor.cancel(attempt);
            assertThat(Attempts.awaitEnd(executor, attempt)).isInstanceOf(ExecutorEvent.Lost.class);
            assertThat(Survivors.among(escaped)).isEmpty();
            assertThat(Survivors.among(tree)).isEmpty();
        }
    }

    private List<Long> escaped() {
        return Survivors.awaitIds(directory.resolve("escaped.txt"));
    }

    private Launch launch(String holds, String then) {
        return Python.launch("escaping.py", directory, 1, holds, then);
    }

    private static ProcessExecutor executor(Launch launch, PlainCheckpoints checkpoints) {
        return new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system());
    }
}
