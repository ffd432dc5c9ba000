package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.internal.contract.ChildJvm;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No trainer outlives its executor, and no child of one, be it in another session, orphaned, or without its environment. */
@NeedsProgram("python3")
class SurvivorsTest {
    private static final int FAMILY = 5;
    private static final Pattern IGNORED = Pattern.compile("SigIgn:\\s*(\\p{XDigit}+)");

    @TempDir
    Path directory;

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"KILL, 9", "TERM, 15", "INT, 2"})
    void nobodySurvivesTheDriver(String signal, int number) throws Exception {
        Process driver = startDriver();
        try {
            List<Long> family = family();
            assumeFalse(
                    ignores(driver.pid(), number),
                    "This build was started deaf to " + signal + ", as by & in a script");
            signal(signal, driver.pid());
            driver.waitFor();
            Survivors.awaitNone(family);
        } finally {
            driver.destroyForcibly();
        }
    }

    private static boolean ignores(long pid, int signal) throws IOException {
        Matcher mask = IGNORED.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
        return mask.find() && (Long.parseUnsignedLong(mask.group(1), 16) >> (signal - 1) & 1) == 1;
    }

    /** Whoever kills both the driver and its watchdog is still not left with a trainer: each has a keeper. */
    @NeedsProgram("perl")
    @Tag("slow")
    @Test
    void nobodySurvivesTheDriverAndItsWatchdog() throws Exception {
        Process driver = startDriver();
        List<Long> family = family();
        assertThat(watchdogs(driver.toHandle())).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);
        driver.destroyForcibly().waitFor();
        Survivors.awaitNone(family);
    }

    /** And who kills the keepers, too, is not left with a trainer of the SDK, nor with what is in its process group. */
    @Tag("slow")
    @Test
    void noTrainerSurvivesTheDriverItsWatchdogAndItsKeeper() throws Exception {
        Process driver = startDriver();
        List<Long> family = family();
        List<ProcessHandle> others =
                driver.children().filter(child -> child.pid() != family.get(0)).toList();
        assertThat(others).isNotEmpty();
        others.forEach(ProcessHandle::destroyForcibly);
        driver.destroyForcibly().waitFor();
        Survivors.awaitNone(family.subList(0, 2));
        Survivors.among(family).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP"})
    void nobodySurvivesClosingWithoutAWatchdog(String signal) throws Exception {
        Launch launch = Python.launch("family.py", directory, 1);
        List<Long> family;
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor =
                        new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            executor.start(Attempts.first(0, 0));
            family = family();
            for (ProcessHandle watchdog : watchdogs(ProcessHandle.current())) {
                signal(signal, watchdog.pid());
            }
        }
        Survivors.awaitNone(family);
    }

    @NeedsProgram("perl")
    @Test
    void nobodySurvivesAKeeperThatWasKilled() {
        Launch launch = Python.launch("family.py", directory, 1);
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor =
                        new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            Attempt attempt = Attempts.first(0, 0);
            executor.start(attempt);
            List<Long> found = family().subList(0, 3);
            ProcessHandle.of(found.get(0)).flatMap(ProcessHandle::parent).ifPresent(ProcessHandle::destroyForcibly);
            assertThat(Attempts.awaitEnd(executor, attempt)).isInstanceOf(ExecutorEvent.Failed.class);
            Survivors.awaitNone(found);
            Survivors.among(family()).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private static List<ProcessHandle> watchdogs(ProcessHandle driver) {
        return driver.children()
                .filter(child -> child.info().commandLine().orElse("").contains("sh -c # Outlives the JVM"))
                .toList();
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(name, pid))
                .start()
                .waitFor();
    }

    private Process startDriver() throws IOException {
        return ChildJvm.of(DriverThatDies.class, directory.toString())
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
            assertThat(Survivors.among(family)).isEmpty();
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
            assertThat(Survivors.among(family)).hasSize(FAMILY);
        }
        assertThat(Survivors.among(family)).isEmpty();
    }

    @Tag("slow")
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
        assertThat(Survivors.among(family)).isEmpty();
        assertThat(executor.await(Python.PATIENCE))
                .filteredOn(ExecutorEvent.Lost.class::isInstance)
                .extracting(ExecutorEvent::attempt)
                .containsExactlyInAnyOrder(running, waiting);
    }

    /** Waits until the trainer has its children. */
    private List<Long> family() {
        List<Long> family = Survivors.awaitIds(directory.resolve("family.txt"));
        assertThat(family).hasSize(FAMILY);
        return family;
    }
}
