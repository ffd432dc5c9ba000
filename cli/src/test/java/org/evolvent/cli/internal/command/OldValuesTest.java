package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.testkit.internal.contract.PythonInterpreter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs whose checkpoint brings the old learning rate back, with an optimizer like PyTorch's: a loop that sets the rate and then restores,
 * and a class that does. A study notices, with or without random numbers, and also when half is not saved: at once where they say what is in
 * force, and else by training a copy's weights twice.
 */
@NeedsProgram("python3")
class OldValuesTest {
    private static final String OPTIMIZER = """
            import json, os, random, sys
            import evolvent

            noise, saves_half, mended = float(sys.argv[1]), sys.argv[2] == "half", sys.argv[3] == "mended"


            class Descent:
                def __init__(self, rate):
                    self.param_groups = [{"params": [], "lr": rate, "momentum": 0.0}]
                    self.x, self.velocity = 10.0, 0.0

                def step(self):
                    gradient = self.x / 100 + random.gauss(0, noise)
                    self.velocity = 0.9 * self.velocity + gradient
                    self.x -= self.param_groups[0]["lr"] * self.velocity

                def save(self, directory):
                    with open(os.path.join(directory, "state"), "w") as file:
                        json.dump([self.x, 0.0 if saves_half else self.velocity, self.param_groups], file)

                def load(self, directory):
                    with open(os.path.join(directory, "state")) as file:
                        self.x, self.velocity, self.param_groups = json.load(file)

            """;

    private static final String LOOP = OPTIMIZER + """
            optimizer = Descent(0.1)
            for interval in evolvent.intervals():
                if interval.fresh:
                    optimizer = Descent(interval.hyperparameters["lr"])
                optimizer.param_groups[0]["lr"] = interval.hyperparameters["lr"]
                if interval.restore_from:
                    optimizer.load(interval.restore_from)
                    if mended:
                        optimizer.param_groups[0]["lr"] = interval.hyperparameters["lr"]
                interval.in_force(lr=optimizer.param_groups[0]["lr"])
                for _ in range(interval.steps):
                    optimizer.step()
                interval.report(score=-abs(optimizer.x))
                optimizer.save(interval.save_to)
            """;

    private static final String WATCHED = LOOP.replace("optimizer = Descent(0.1)\n", """
                    optimizer = Descent(0.1)
                    evolvent.watch(optimizer, lr="lr")
                    """)
            .replace("        optimizer = Descent(interval", "        optimizer.__init__(interval")
            .replace("    interval.in_force(lr=optimizer.param_groups[0][\"lr\"])\n", "");

    private static final String CLASS = OPTIMIZER + """
            class Mine(evolvent.Trainer):
                def create(self, hyperparameters, seed):
                    self.optimizer = Descent(hyperparameters["lr"])

                def train(self, steps):
                    for _ in range(steps):
                        self.optimizer.step()
                    return {"score": -abs(self.optimizer.x)}

                def apply(self, hyperparameters):
                    self.optimizer.param_groups[0]["lr"] = hyperparameters["lr"]

                def restore_and_apply(self, directory, hyperparameters):
                    self.apply(hyperparameters)
                    self.restore(directory)
                    if mended:
                        self.apply(hyperparameters)

                def in_force(self):
                    return {"lr": self.optimizer.param_groups[0]["lr"]}

                def save(self, directory):
                    self.optimizer.save(directory)

                def restore(self, directory):
                    self.optimizer.load(directory)


            evolvent.serve(Mine)
            """;

    private static final String SILENT =
            LOOP.replace("    interval.in_force(lr=optimizer.param_groups[0][\"lr\"])\n", "");

    private static final String TOLD = "What a study asks for is not what is trained with. Of member ";

    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void findTheSdk() {
        shell = new Shell(temporary);
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = Files.isDirectory(module.resolve("python")) ? module : module.resolveSibling("");
        System.setProperty("evolvent.home", root.normalize().toString());
    }

    @AfterEach
    void forgetIt() {
        System.clearProperty("evolvent.home");
    }

    private void program(String style, String noise, String saved, String mended) {
        shell.write(
                "train.py",
                Map.of("loop", LOOP, "watched", WATCHED, "silent", SILENT, "class", CLASS)
                        .get(style));
        shell.write("study.yaml", """
                study: old
                trainer: {command: [%s, train.py, "%s", %s, %s]}
                space: {lr: {float: [1.0e-4, 1], scale: log}}
                objective: {metric: score, goal: maximize}
                population: 4
                budget: {steps: 30}
                interval: {steps: 10}
                strategy: {exploit: {truncation: {fraction: 0.5}}}
                execution: {slots: 2}
                attempts: 1
                """.formatted(PythonInterpreter.path(), noise, saved, mended));
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"class,   0,   all", "class,   0.1, all", "loop,    0.1, all", "loop,    0,   half", "watched, 0,   all"
    })
    void anOldValueIsNoticedAndFailsAStrictStudy(String style, String noise, String saved) {
        program(style, noise, saved, "wrong");
        Answer answer = shell.call("run", "study.yaml", "--dir", "d");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out())
                .containsOnlyOnce(TOLD)
                .contains("The trainer uses lr = ", ", but it was asked to ", "Maybe a checkpoint brings old");
        assertThat(shell.call("status", "d").out()).contains("failed attempt");
        Answer strict = shell.call("run", "study.yaml", "--dir", "e", "--set", "strict=true");
        assertThat(strict.code()).as(strict.out() + strict.err()).isEqualTo(ExitCode.FAILED);
        assertThat(strict.err()).contains(TOLD, "The study is strict and has stopped", "evolvent resume");
        assertThat(shell.call("verify", "e").code()).isZero();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"class, 0.1", "loop, 0.1", "watched, 0"})
    void whoPutsTheNewValueBackIsBelieved(String style, String noise) {
        program(style, noise, "all", "mended");
        Answer answer = shell.call("run", "study.yaml", "--dir", "d", "--set", "strict=true");
        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out()).doesNotContain(TOLD).doesNotContainPattern("attempts? failed");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"0, all, wrong", "0.1, all, wrong", "0.1, half, wrong", "0.1, all, mended"})
    void anOldValueOfAProgramThatReadsNothingBackIsNoticed(String noise, String saved, String mended) {
        program("silent", noise, saved, mended);
        Answer answer = shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=450");
        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        String told = "What a copy changed had no effect. The weights that member ";
        if (mended.equals("mended")) {
            assertThat(answer.out()).doesNotContain(told);
        } else {
            assertThat(answer.out()).containsOnlyOnce(told).contains("from the same seed, with {lr=");
        }
        assertThat(shell.call("verify", "d").code()).isZero();
    }
}
