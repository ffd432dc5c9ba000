package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StorageException;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.trainer.Limits;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.local.SlotResources;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a trainer can do wrong fails its attempt with a message that says what, and the next attempt goes well. */
@NeedsProgram("python3")
class WaywardTrainerTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Limits STANDARD =
            Limits.standard().withStartUp(Python.PATIENCE).withLogBytes(1 << 20);

    @TempDir
    Path directory;

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exit                     | it exited with code 3        && about to exit",
                "kill                     | it was killed by signal 9",
                "close                    | it closed its standard streams",
                "flood                    | it flooded its log with more than 1048576 bytes in one interval",
                "flood-without-end-of-line| it flooded its log with more than 1048576 bytes in one interval",
                "flood-errors             | it flooded its log with more than 1048576 bytes in one interval",
                "malformed                | malformed message:           && {\"evolvent\":1,\"type\":\"ok\",\"id\":}",
                "truncated                | The trainer ended in the middle of a message",
                "huge                     | a message of more than 1048576 bytes",
                "deep                     | malformed message:           && nesting depth",
                "no-utf8                  | malformed message: Invalid UTF-8",
                "unknown-type             | the type 'bravo' is none of ok, progress, error",
                "other-version            | the version 7 is none of [1, 2]",
                "version-of-64-bits       | the version 4294967298 is none of [1, 2]",
                "other-version-wanted     | The trainer wants to speak version 3 of the protocol, but known here are [1, 2]",
                "other-id                 | answered something else",
                "wrong-types              | 'metrics' is [1,2] but must be an object",
                "text-metric              | metric 'score' is \"good\" but must be a number",
                "other-step               | The trainer is at step 9 after it was asked to train, but it must be at step 10 at least",
                "other-hyperparameters    | The trainer uses learning_rate = 1.0, but it was asked to create with 0.5",
                "long-error               | The trainer failed to train: ouch",
                "long-types               | 'metrics' is [0,0,0",
                "long-id                  | answered something else",
                "storage-of-later-versions| The trainer failed to train: ouch",
                "no-checkpoint            | is no directory any more",
                "link                     | is neither a regular file nor a directory",
                "error                    | The trainer failed to train: out of memory && about to fail",
            })
    void failsItsAttemptAndIsReplaced(String way, String expected) {
        check(way, STANDARD.withInterval(Python.PATIENCE), expected);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void noiseFailsItsAttempt(int seed) {
        check("noise-" + seed, STANDARD.withInterval(Python.PATIENCE), "The trainer");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"hang, the interval took longer than PT1S", "flood, the interval took longer than PT1S"})
    void isEndedWhenAnIntervalTakesTooLong(String way, String expected) {
        check(way, STANDARD.withLogBytes(Long.MAX_VALUE).withInterval(SOON), expected);
    }

    @ParameterizedTest
    @CsvSource({"hang, it wrote nothing for 1s && about to hang"})
    void isEndedWhenItIsSilent(String way, String expected) {
        check(way, STANDARD.withSilence(SOON), expected);
    }

    /** A line of output may take hours to end. */
    @Tag("slow")
    @Test
    void isNotSilentWhileItDrawsABar() {
        Limits limits = STANDARD.withSilence(Duration.ofSeconds(2));
        Launch launch = Python.launch("wayward.py", directory, 1, "bar").withLimits(limits);
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor =
                        new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(3, 0))).isInstanceOf(ExecutorEvent.Done.class);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"start-hangs, its start took longer than PT5S"})
    void isEndedWhenItDoesNotStart(String way, String expected) {
        check(way, STANDARD.withStartUp(Duration.ofSeconds(5)), expected);
    }

    /** What a trainer says of a disk is the place's fault, and the driver has to know which. */
    @ParameterizedTest
    @CsvSource({"storage, FULL", "storage-in-words, READ_ONLY", "storage-in-last-words, FULL"})
    void thatBlamesTheDiskIsBelieved(String way, StorageException.Kind medium) {
        Launch launch = Python.launch("wayward.py", directory, 1, way);
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor =
                        new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(3, 0)))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Lost.class,
                            lost -> assertThat(lost.medium()).contains(medium));
            assertThat(Attempts.run(executor, Attempts.first(3, 1))).isInstanceOf(ExecutorEvent.Done.class);
        }
    }

    /** It need not be from a disk, let alone from ours. */
    @ParameterizedTest
    @ValueSource(strings = {"input-output-error-in-last-words", "input-output-error-in-words"})
    void thatSaysInputOutputErrorIsToBlameItself(String way) {
        check(way, STANDARD.withInterval(Python.PATIENCE), "Input/output error");
    }

    @Test
    void thatExitsBeforeItAnswersIsThePlacesFault() {
        Launch launch = Launch.of(
                List.of("sh", "-c", "echo 'no such library' >&2; exit 4"),
                directory,
                directory.resolve("logs"),
                SlotResources.ofCpus(1, 1));
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor =
                        new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(3, 0)))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Lost.class,
                            lost -> assertThat(lost.message()).contains("it exited with code 4", "no such library"));
        }
    }

    private void check(String way, Limits limits, String expected) {
        Launch launch = Python.launch("wayward.py", directory, 1, way).withLimits(limits);
        PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
        try (ProcessExecutor executor = new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            ExecutorEvent bad = Attempts.run(executor, Attempts.first(3, 0));
            assertThat(bad).isInstanceOfSatisfying(ExecutorEvent.Failed.class, failed -> {
                assertThat(failed.message()).contains(expected.split(" +&& +"));
                assertThat(failed.message()).hasSizeLessThan(20_000);
            });
            ExecutorEvent good = Attempts.run(executor, Attempts.first(3, 1));
            assertThat(good).isInstanceOfSatisfying(ExecutorEvent.Done.class, done -> {
                assertThat(done.metrics()).containsEntry("score", Double.NaN);
                assertThat(done.metrics()).containsEntry("loss", Double.NEGATIVE_INFINITY);
            });
        }
        assertThat(checkpoints.stagedNow()).isZero();
    }
}
