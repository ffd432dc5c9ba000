package org.evolvent.trainer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.contract.NeedsProgram;
import org.evolvent.trainer.local.Launch;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No trainer outlives its executor, and no child of one, be it in another session, orphaned, or without its environment. */
@NeedsProgram("python3")
class SurvivorsTest {
    private static final int FAMILY = 5;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT"})
    void nobodySurvivesTheDriver(String signal) throws Exception {
        Process driver = startDriver();
        List<Long> family = family();
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + driver.pid())
                .start()
                .waitFor();
        driver.waitFor();
        awaitUntil(() -> survivors(family).isEmpty(), family);
    }

    /** Whoever kills both the driver and its watchdog is still not left with a trainer of the SDK, nor with what is in its process group. */
    @Test
    void noTrainerSurvivesTheDriverAndItsWatchdog() throws Exception {
        Process driver = startDriver();
        List<Long> family = family();
        List<Long> group = family.subList(0, 2);
        List<ProcessHandle> others =
                driver.children().filter(child -> child.pid() != family.get(0)).toList();
        assertThat(others).isNotEmpty();
        others.forEach(ProcessHandle::destroyForcibly);
        driver.destroyForcibly().waitFor();
        awaitUntil(() -> survivors(group).isEmpty(), group);
        survivors(family).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private Process startDriver() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DriverThatDies.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
    }

    @Test
    void nobodySurvivesACancelledAttempt() {
        Launch launch = Python.launch("family.py", directory, 1);
        PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
        try (ProcessExecutor executor = new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            Attempt attempt = Attempts.first(0, 0);
            executor.start(attempt);
            List<Long> family = family();
            executor.cancel(attempt);
            assertThat(Attempts.awaitEnd(executor, attempt)).isInstanceOf(ExecutorEvent.Lost.class);
            assertThat(survivors(family)).isEmpty();
        }
        assertThat(checkpoints.stagedNow()).isZero();
    }

    @Test
    void nobodySurvivesClosing() {
        Launch launch = Python.launch("family.py", directory, 1, "--once");
        List<Long> family;
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor =
                        new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0))).isInstanceOf(ExecutorEvent.Done.class);
            family = family();
            assertThat(survivors(family)).hasSize(FAMILY);
        }
        assertThat(survivors(family)).isEmpty();
    }

    @Test
    void closingEndsWhatRunsAndReportsIt() {
        Launch launch = Python.launch("family.py", directory, 1);
        Attempt running = Attempts.first(0, 0);
        Attempt waiting = Attempts.first(1, 0);
        ProcessExecutor executor = new ProcessExecutor(
                launch, List.of(), new PlainCheckpoints(directory.resolve("checkpoints")), InstantSource.system());
        executor.start(running);
        executor.start(waiting);
        List<Long> family = family();
        executor.close();
        assertThat(survivors(family)).isEmpty();
        assertThat(executor.await(Python.PATIENCE))
                .filteredOn(ExecutorEvent.Lost.class::isInstance)
                .extracting(ExecutorEvent::attempt)
                .containsExactlyInAnyOrder(running, waiting);
    }

    /** Waits until the trainer has its children. */
    private List<Long> family() {
        Path file = directory.resolve("family.txt");
        awaitUntil(() -> Files.exists(file), List.of());
        try {
            List<Long> family =
                    Files.readAllLines(file).stream().map(Long::valueOf).toList();
            assertThat(family).hasSize(FAMILY);
            return family;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> survivors(List<Long> family) {
        return family.stream().filter(SurvivorsTest::isAlive).toList();
    }

    private static boolean isAlive(long pid) {
        try {
            // A dead one whose parent does not ask for it stays listed as a zombie.
            return !Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .matches("(?s).*\\) [ZX] .*");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return !"No such process".equals(e.getMessage());
        }
    }

    private static void awaitUntil(BooleanSupplier condition, List<Long> family) {
        long deadline = System.nanoTime() + Python.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("still alive: %s", survivors(family))
                    .isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
