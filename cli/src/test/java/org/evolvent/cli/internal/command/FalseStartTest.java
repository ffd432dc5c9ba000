package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.core.study.Event;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.testkit.internal.contract.PythonInterpreter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs with a mistake that concerns all members are stopped early; mended, they go on as if nothing had been. */
@NeedsProgram("python3")
class FalseStartTest {
    private static final String SETTINGS = "budget.steps=300";

    @TempDir
    Path temporary;

    private Shell shell;
    private Path script;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
        script = temporary.resolve("train.py");
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = Files.isDirectory(module.resolve("python")) ? module : module.resolveSibling("");
        System.setProperty("evolvent.home", root.normalize().toString());
    }

    @AfterEach
    void closeShell() {
        System.clearProperty("evolvent.home");
    }

    private void init(String kind) throws IOException {
        shell.call("init", "--trainer", kind);
        Path study = temporary.resolve("study.yaml");
        Files.writeString(study, Files.readString(study).replace("[python3,", "[" + PythonInterpreter.path() + ","));
    }

    /** Puts a mistake into the program, runs it, mends it, resumes, and returns what was said of the mistake. */
    private String mended(String right, String wrong) throws IOException {
        String sound = Files.readString(script);
        assertThat(sound).contains(right);
        Files.writeString(script, sound.replace(right, wrong));
        Answer stopped = shell.call("run", "study.yaml", "--dir", "d", "--set", SETTINGS, "--set", "execution.slots=2");
        assertThat(stopped.code()).as(stopped.out() + stopped.err()).isEqualTo(ExitCode.FAILED);
        assertThat(stopped.err()).contains("go on with: evolvent resume");
        Files.writeString(script, sound);
        Answer resumed = shell.call("resume", "d", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.json().get("status").asString()).isEqualTo("done");
        assertThat(shell.call("verify", "d").code()).isZero();
        return stopped.out() + stopped.err();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"accuracy": | {"acuracy": | which none of the first 2 intervals has reported; they have reported acuracy | Maybe you meant 'acuracy'?
            {"accuracy": | {"eval_accuracy": | which none of the first 2 intervals has reported; they have reported eval_accuracy | Maybe you meant 'eval_accuracy'?
            {"accuracy": | {"loss": | which none of the first 8 intervals has reported; they have reported loss | Mend the trainer
            {"accuracy": | {"accuracy": float("nan") * | None of the first 8 intervals has a score; the last one: the trainer reported accuracy = NaN | Mend the trainer
            """)
    void noScoreAtAll(String right, String wrong, String said, String advised) throws IOException {
        init("python");
        assertThat(mended(right, wrong)).contains(said, advised).doesNotContain("have failed the study ends");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"python", "command"})
    void theSameErrorOfAll(String kind) throws IOException {
        init(kind);
        String right = kind.equals("python") ? "random.Random(seed)" : "random.Random(options.seed)";
        assertThat(mended(right, "open(f\"/data/train-{id(object())}\")"))
                .contains("Nobody has trained an interval yet, and", "failed with the same error")
                .contains("No such file or directory: '/data/train-");
    }

    @Tag("slow")
    @Test
    void theSameErrorOfAllCopies() throws IOException {
        init("python");
        assertThat(mended(
                        "self.random.setstate((version, tuple(state), gauss))",
                        "raise ValueError(f\"no key {random.random():g} in {directory}\")"))
                .contains("No member has trained on from another one's weights yet, and", "failed with the same error")
                .contains("ValueError: no key ");
    }

    /** What began well goes on, however often it fails alike then; and so does what fails for some hyperparameters only. */
    @Test
    void aFailureOfSomeIsNotOne() throws IOException {
        init("python");
        String sound = Files.readString(script);
        Files.writeString(
                script,
                sound.replace(
                        "random.Random(seed)",
                        "random.Random(seed if hyperparameters[\"momentum\"] < 0.5 else open(\"nowhere\"))"));
        Answer run = shell.call("run", "study.yaml", "--dir", "d", "--set", SETTINGS, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("failures").asInt()).isPositive();
    }

    /** The first attempt fails in a process that has printed other things before, the second in a new one. */
    @Tag("slow")
    @Test
    void anErrorThatComesAgainLaterIsNotTriedAThirdTime() throws IOException {
        init("python");
        String sound = Files.readString(script);
        assertThat(sound).contains("for _ in range(steps):");
        Files.writeString(script, sound.replace("for _ in range(steps):", """
                        for step in range(self.step, self.step + steps):
                            print("I am at", step)
                            if step == 70 and self.hyperparameters["momentum"] < 0.5:
                                raise ValueError(f"no batch {step} in {object()}")""".replace("\n", "\n        ")));
        Answer run = shell.call("run", "study.yaml", "--dir", "d", "--set", SETTINGS, "--json");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        try (RunDirectory directory = RunDirectory.read(temporary.resolve("d"))) {
            List<Event.AttemptFailed> failures = new ArrayList<>();
            directory.events().read(event -> {
                if (event instanceof Event.AttemptFailed failed) {
                    failures.add(failed);
                }
            });
            assertThat(failures).isNotEmpty().allSatisfy(failed -> {
                assertThat(failed.message()).contains("no batch 70");
                assertThat(failed.fault())
                        .isEqualTo(failed.attempt().number() == 0 ? Event.Fault.TRAINER : Event.Fault.TRAINER_AGAIN);
            });
        }
        assertThat(shell.call("verify", "d").code()).isZero();
        assertThat(shell.call("show", "d", "--members").code()).isZero();
    }
}
