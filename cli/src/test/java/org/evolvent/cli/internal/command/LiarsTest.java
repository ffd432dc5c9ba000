package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
 * A program that keeps an optimizer as PyTorch does, whose checkpoint holds the learning rate: honest, or with one mistake, and drawing from
 * the seed or from a global generator.
 */
@NeedsProgram("python3")
class LiarsTest {
    private static final String SCRIPT = """
            import json, os, random, sys
            import evolvent

            lie, noise = sys.argv[1], float(sys.argv[2])
            draw = random.Random(1)
            episode = [0]

            class Mine(evolvent.Trainer):
                def create(self, hyperparameters, seed):
                    global draw
                    draw = random.Random(seed) if noise == 0 or lie == "environment" else random.Random()
                    self.optimizer = {"lr": hyperparameters["lr"], "velocity": 0.0}
                    self.x = 10.0

                def train(self, steps):
                    for _ in range(steps):
                        gradient = self.x / 100 + draw.gauss(0, max(noise, 0.01))
                        self.optimizer["velocity"] = 0.9 * self.optimizer["velocity"] + gradient
                        self.x -= self.optimizer["lr"] * self.optimizer["velocity"]
                    samples = [-abs(self.x)] if lie == "environment" else []
                    return {"score": -abs(self.x)}, samples

                def apply(self, hyperparameters):
                    if lie != "deaf":
                        self.optimizer["lr"] = hyperparameters["lr"]

                def restore_and_apply(self, directory, hyperparameters):
                    self.apply(hyperparameters)
                    self.restore(directory)
                    if lie != "stuck":
                        self.apply(hyperparameters)

                def reseed(self, seed):
                    draw.seed(seed)

                def save(self, directory):
                    state = None if lie == "environment" else [draw.getstate()[1], draw.getstate()[2]]
                    with open(os.path.join(directory, "state"), "w") as file:
                        json.dump([self.x, self.optimizer, state], file)

                def restore(self, directory):
                    with open(os.path.join(directory, "state")) as file:
                        x, self.optimizer, state = json.load(file)
                    self.x = 10.0 if lie == "forgets" else x
                    self.optimizer["velocity"] *= lie != "half"
                    if state is not None and noise == 0:
                        draw.setstate((3, tuple(state[0]), state[1]))

            evolvent.serve(Mine)
            """;

    @TempDir
    Path temporary;

    @BeforeEach
    void findTheSdk() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = Files.isDirectory(module.resolve("python")) ? module : module.resolveSibling("");
        System.setProperty("evolvent.home", root.normalize().toString());
    }

    @AfterEach
    void forgetIt() {
        System.clearProperty("evolvent.home");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none        | 0    | 0 | These hyperparameters change what is learned: lr
            none        | 0.01 | 0 | These hyperparameters change what is learned, by 5 runs of each: lr
            none        | 0.2  | 0 | the study will not repeat exactly
            none        | 2    | 0 | cannot be told
            stuck       | 0    | 1 | lr: acts on fresh weights, not after a restore
            stuck       | 0.01 | 1 | lr: acts on fresh weights, not after a restore, as 5 runs of each say
            forgets     | 0    | 1 | WRONG    Training on from a restored checkpoint gives
            half        | 0    | 1 | WRONG    Training on from a restored checkpoint gives
            environment | 0.2  | 0 | inexact  Training on from a restored checkpoint gives
            """)
    void aLieIsFoundAndHonestyIsNot(String lie, String noise, int code, String said) {
        Shell shell = new Shell(temporary);
        shell.write("train.py", SCRIPT);
        shell.write("study.yaml", """
                study: liar
                trainer: {command: [%s, train.py, %s, "%s"]}
                space: {lr: {float: [1.0e-4, 1], scale: log}}
                objective: {metric: score, goal: maximize}
                budget: {steps: 400}
                interval: {steps: 40}
                initial: [{lr: 0.1}]
                """.formatted(PythonInterpreter.path(), lie, noise));
        Answer answer = shell.call("check", "study.yaml", "--steps", "20");
        assertThat(answer.out()).contains(said);
        assertThat(answer.code()).as(answer.out()).isEqualTo(code);
    }
}
