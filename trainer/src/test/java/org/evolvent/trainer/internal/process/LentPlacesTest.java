package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.Lender;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places are granted when it pleases those who lend them, and taken away. */
@NeedsProgram("python3")
class LentPlacesTest {
    @TempDir
    Path directory;

    /** A trainer that misbehaves once. */
    private Executor executor(Lender lender, String way) {
        return new ProcessExecutor(
                Python.launch("wayward.py", directory, 1, way).withLauncher(lender),
                List.of(),
                new PlainCheckpoints(directory.resolve("checkpoints")),
                InstantSource.system());
    }

    private Executor wellBehaved(Lender lender) throws IOException {
        touch("wayward-was-here");
        return executor(lender, "exit");
    }

    private Path touch(String name) throws IOException {
        return Files.createFile(directory.resolve(name));
    }

    private static void await(Executor executor, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Python.PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            executor.await(Duration.ofMillis(10));
        }
    }

    private boolean logged(String words) {
        try {
            return Files.readString(directory.resolve("logs/slot-0.log")).contains(words);
        } catch (IOException e) {
            return false;
        }
    }

    private static ExecutorEvent.Lost lostWithPlace(ExecutorEvent end) {
        assertThat(end).isInstanceOf(ExecutorEvent.Lost.class);
        ExecutorEvent.Lost lost = (ExecutorEvent.Lost) end;
        assertThat(lost.withPlace()).isTrue();
        return lost;
    }

    private static String place(Execution execution) {
        return execution.place().orElseThrow();
    }

    @Test
    void aSlotTakesNothingBeforeItsPlaceIsGranted() throws IOException {
        Lender lender = new Lender(directory);
        try (Executor executor = wellBehaved(lender)) {
            await(executor, () -> executor.places().equals(List.of("slot 0: request 7 waits (Priority)")));
            assertThat(executor.slots()).isEqualTo(1);
            assertThat(executor.free(0)).isZero();
            Attempt attempt = Attempts.first(3, 0);
            executor.start(attempt);
            assertThat(executor.await(Duration.ZERO)).isEmpty();
            assertThat(executor.activities()).isEmpty();
            touch("open");
            assertThat(Attempts.awaitEnd(executor, attempt))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Done.class,
                            done -> assertThat(place(done.execution())).endsWith(", job step 41.3"));
            assertThat(executor.places()).singleElement().asString().contains("slot 0: node ", "job step 41.3");
        }
    }

    @Test
    void aRequestThatWaitsIsGivenBackAtTheEnd() throws IOException {
        Lender lender = new Lender(directory);
        Executor executor = wellBehaved(lender);
        try (executor) {
            await(executor, () -> executor.places().equals(List.of("slot 0: request 7 waits (Priority)")));
        }
        assertThat(lender.released()).containsExactly("7");
        assertThat(directory.resolve("farewell")).exists();
    }

    @Test
    void anIntervalIsLostWithThePlaceThatVanishes() throws IOException {
        Lender lender = new Lender(directory);
        touch("open");
        try (Executor executor = executor(lender, "hang")) {
            Attempt attempt = Attempts.first(3, 0);
            executor.start(attempt);
            await(executor, () -> logged("about to hang"));
            long place =
                    Long.parseLong(Files.readString(directory.resolve("pid")).strip());
            ProcessHandle.of(place).orElseThrow().destroyForcibly();
            assertThat(lostWithPlace(Attempts.awaitEnd(executor, attempt)).message())
                    .contains("about to hang");
            assertThat(Attempts.run(executor, Attempts.first(3, 1))).isInstanceOf(ExecutorEvent.Done.class);
        }
        assertThat(lender.released()).startsWith("41.3");
    }

    @Test
    void anIntervalIsLostWithThePlaceThatIsTakenAway() throws IOException {
        Lender lender = new Lender(directory);
        touch("open");
        try (Executor executor = executor(lender, "hang")) {
            Attempt attempt = Attempts.first(3, 0);
            executor.start(attempt);
            await(executor, () -> logged("about to hang"));
            Path taken = touch("taken");
            ExecutorEvent.Lost lost = lostWithPlace(Attempts.awaitEnd(executor, attempt));
            assertThat(lost.message()).contains("its place was taken away: lender: taken away");
            assertThat(place(lost.execution())).endsWith(", job step 41.3");
            Files.delete(taken);
            assertThat(Attempts.run(executor, Attempts.first(3, 1))).isInstanceOf(ExecutorEvent.Done.class);
        }
    }

    @Test
    void aSlotThatIsIdleAsksForAnotherPlace() throws IOException {
        touch("open");
        try (Executor executor = wellBehaved(new Lender(directory))) {
            await(executor, () -> executor.free(0) == 1);
            Files.delete(directory.resolve("open"));
            long place =
                    Long.parseLong(Files.readString(directory.resolve("pid")).strip());
            ProcessHandle.of(place).orElseThrow().destroyForcibly();
            await(executor, () -> executor.free(0) == 0);
            touch("open");
            assertThat(Attempts.run(executor, Attempts.first(3, 0))).isInstanceOf(ExecutorEvent.Done.class);
        }
    }

    /** Whoever lends the place has nothing to do with it. */
    @ParameterizedTest
    @CsvSource({"exit, it exited with code 3", "kill, it was killed by signal 9"})
    void aTrainerThatEndsFailsItsAttempt(String way, String expected) throws IOException {
        touch("open");
        try (Executor executor = executor(new Lender(directory), way)) {
            assertThat(Attempts.run(executor, Attempts.first(3, 0)))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Failed.class,
                            failed -> assertThat(failed.message()).contains(expected));
            assertThat(Attempts.run(executor, Attempts.first(3, 1))).isInstanceOf(ExecutorEvent.Done.class);
        }
    }

    /** Its place is given back then, and Slurm says that it is cancelled. */
    @Test
    void anErrorOfTheTrainerIsItsOwnWhateverIsSaidOfItsPlaceAfterwards() throws IOException {
        touch("open");
        touch("tells");
        Lender lender = new Lender(directory);
        try (Executor executor = executor(lender, "error")) {
            assertThat(Attempts.run(executor, Attempts.first(3, 0))).isInstanceOf(ExecutorEvent.Failed.class);
            assertThat(lender.released()).containsExactly("41.3");
            assertThat(directory.resolve("told")).exists();
        }
    }

    /** Say since a user may only have so many jobs in the queue. */
    @Test
    void whoIsRefusedGoesOnAskingWhileAnotherWaits() throws IOException {
        touch("closed");
        touch("open-to-one");
        touch("wayward-was-here");
        try (Executor executor = new ProcessExecutor(
                Python.launch("wayward.py", directory, 2, "exit").withLauncher(new Lender(directory)),
                List.of(),
                new PlainCheckpoints(directory.resolve("checkpoints")),
                InstantSource.system())) {
            await(executor, () -> asked(0) + asked(1) >= 4);
            assertThat(executor.free(0)).as("a slot to tell of it").isZero();
        }
    }

    private long asked(int slot) {
        try (Stream<String> lines = Files.lines(directory.resolve("logs/slot-%d.log".formatted(slot)))) {
            return lines.filter(line -> line.contains("process ")).count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The study has to stop over it, or it would wait for ever. */
    @Test
    void whoNeverGetsAPlaceTellsWhy() throws IOException {
        touch("closed");
        try (Executor executor = wellBehaved(new Lender(directory))) {
            for (int number = 0; number < 2; number++) {
                assertThat(Attempts.run(executor, Attempts.first(3, number)))
                        .isInstanceOfSatisfying(ExecutorEvent.Lost.class, lost -> {
                            assertThat(lost.withPlace()).isFalse();
                            assertThat(lost.execution().place()).isEmpty();
                            assertThat(lost.message())
                                    .contains("no place for slot 0: it exited with code 1", "no such partition");
                        });
            }
        }
    }
}
