package org.evolvent.trainer.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandExecutorTest {
    private static final List<String> ARGUMENTS = List.of(
            "--lr",
            "{learning_rate}",
            "--text={text}",
            "--resume",
            "{checkpoint_in}",
            "--save",
            "{checkpoint_out}",
            "--steps",
            "{steps}",
            "--metrics",
            "{metrics_out}",
            "--way");

    @TempDir
    Path directory;

    private Launch launch(String way) {
        List<String> arguments = new ArrayList<>(ARGUMENTS);
        arguments.add(way);
        return Python.launch("plain.py", directory, 1, arguments.toArray(String[]::new));
    }

    private PlainCheckpoints checkpoints() {
        return new PlainCheckpoints(directory.resolve("checkpoints"));
    }

    private static Hyperparameters hyperparameters(String text) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("learning_rate", new Value.Real(0.5));
        values.put("text", new Value.Text(text));
        return Hyperparameters.of(values);
    }

    @NeedsProgram("python3")
    @Test
    void aScriptThatResumesAndSavesNeedsNoChange() throws IOException {
        try (PlainCheckpoints checkpoints = checkpoints();
                CommandExecutor executor = new CommandExecutor(launch(""), checkpoints, InstantSource.system())) {
            ExecutorEvent.Done first = done(Attempts.run(executor, Attempts.first(3, 0, hyperparameters(""))));
            assertThat(first.metrics()).containsEntry("score", 5.0).containsEntry("loss", Double.NaN);
            ExecutorEvent.Done second = done(Attempts.run(executor, Attempts.after(first, 4, hyperparameters("x"))));
            assertThat(second.metrics()).containsEntry("score", 10.0);

            Path saved = checkpoints.files(second.checkpoint().id());
            JsonNode environment = JsonMapper.shared().readTree(Files.readString(saved.resolve("environment")));
            assertThat(environment.path("EVOLVENT_STEP").stringValue()).isEqualTo("10");
            assertThat(environment.path("EVOLVENT_STEPS").stringValue()).isEqualTo("10");
            assertThat(environment.path("EVOLVENT_MEMBER").stringValue()).isEqualTo("4");
            assertThat(environment.path("EVOLVENT_LEARNING_RATE").stringValue()).isEqualTo("0.5");
            assertThat(environment.path("EVOLVENT_CHECKPOINT_IN").stringValue())
                    .isEqualTo(checkpoints.files(first.checkpoint().id()).toString());
            assertThat(JsonMapper.shared().readTree(Files.readString(saved.resolve("hyperparameters"))))
                    .isEqualTo(JsonMapper.shared().readTree("{\"learning_rate\":0.5,\"text\":\"x\"}"));
        }
    }

    @NeedsProgram("python3")
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "with spaces",
                "'single' \"double\"",
                "; touch hacked",
                "$(touch hacked) `touch hacked` ${HOME} $HOME",
                "two\nlines",
                "ünïcode 漢字 \uD83D\uDE00",
                "{steps} {nothing} \\ $1 *",
                "--resume",
                "-",
            })
    void valuesArriveAsTheyAre(String text) throws IOException {
        try (PlainCheckpoints checkpoints = checkpoints();
                CommandExecutor executor = new CommandExecutor(launch(""), checkpoints, InstantSource.system())) {
            ExecutorEvent.Done done = done(Attempts.run(executor, Attempts.first(0, 0, hyperparameters(text))));
            Path saved = checkpoints.files(done.checkpoint().id());
            assertThat(Files.readString(saved.resolve("text"))).isEqualTo(text);
            JsonNode environment = JsonMapper.shared().readTree(Files.readString(saved.resolve("environment")));
            assertThat(environment.path("EVOLVENT_TEXT").stringValue()).isEqualTo(text);
            assertThat(directory.resolve("hacked")).doesNotExist();
        }
    }

    @NeedsProgram("python3")
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "fail, The command failed: it exited with code 1 && out of luck && trained 10 steps",
        "no checkpoint, The command saved nothing into",
        "no metrics, 'The command ended well, but wrote no metrics'",
        "pipe for metrics, is no regular file",
        "no directory, is no directory any more",
        "link, is neither a regular file nor a directory",
        "bad metrics, The command wrote metrics that cannot be read && {not JSON",
    })
    void aCommandThatFailsSaysWhy(String way, String expected) {
        try (PlainCheckpoints checkpoints = checkpoints();
                CommandExecutor executor = new CommandExecutor(launch(way), checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0, hyperparameters(""))))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Failed.class,
                            failed -> assertThat(failed.message()).contains(expected.split(" && ")));
            assertThat(checkpoints.stagedNow()).isZero();
        }
    }

    @NeedsProgram("python3")
    @EnabledOnOs(OS.LINUX)
    @Test
    void aFullDiskIsThePlacesFault() {
        try (PlainCheckpoints checkpoints = checkpoints();
                CommandExecutor executor =
                        new CommandExecutor(launch("full disk"), checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0, hyperparameters(""))))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Lost.class,
                            lost -> assertThat(lost.medium()).contains(StorageException.Kind.FULL));
            assertThat(checkpoints.stagedNow()).isZero();
        }
    }

    @NeedsProgram("python3")
    @Test
    void aChildThatIsLeftBehindIsEnded() {
        try (PlainCheckpoints checkpoints = checkpoints();
                CommandExecutor executor = new CommandExecutor(launch("orphan"), checkpoints, InstantSource.system())) {
            ExecutorEvent.Done done = done(Attempts.run(executor, Attempts.first(0, 0, hyperparameters(""))));
            long orphan = done.metrics().get("score").longValue();
            ProcessHandle.of(orphan)
                    .ifPresent(handle -> assertThat(handle.info().command()).isEmpty());
        }
    }

    @Test
    void aProgramThatDoesNotExistIsThePlacesFault() {
        Launch launch = Launch.of(
                List.of("no-such-program", "{steps}"),
                directory,
                directory.resolve("logs"),
                List.of(SlotResources.unlimited()));
        try (PlainCheckpoints checkpoints = checkpoints();
                CommandExecutor executor = new CommandExecutor(launch, checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0)))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Lost.class,
                            lost -> assertThat(lost.message()).contains("'no-such-program' was not found"));
        }
    }

    @Test
    void aValueThatNoProgramCanBeGivenIsNamed() {
        try (PlainCheckpoints checkpoints = checkpoints();
                CommandExecutor executor = new CommandExecutor(launch(""), checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0, hyperparameters("one\0two"))))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Lost.class,
                            lost -> assertThat(lost.message()).contains("NUL character", "one?two"));
        }
    }

    @Test
    void aCommandThatTakesTooLongIsEnded() {
        Launch launch = Launch.of(
                        List.of("sleep", "3600"),
                        directory,
                        directory.resolve("logs"),
                        List.of(SlotResources.unlimited()))
                .withLimits(Limits.standard().withInterval(Duration.ofSeconds(1)));
        try (PlainCheckpoints checkpoints = checkpoints();
                CommandExecutor executor = new CommandExecutor(launch, checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0)))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Failed.class,
                            failed -> assertThat(failed.message()).contains("the interval took longer than PT1S"));
        }
    }

    private static ExecutorEvent.Done done(ExecutorEvent event) {
        assertThat(event).isInstanceOf(ExecutorEvent.Done.class);
        return (ExecutorEvent.Done) event;
    }
}
