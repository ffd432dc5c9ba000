package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.testkit.internal.contract.PythonInterpreter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A study says so when a program's restored models are not what it saved. */
@NeedsProgram("python3")
class RestoredModelsTest {
    private static final String EVALUATED = "A restored model does not score like its checkpoint";

    /** A model that normalises its inputs by statistics of its own; with a little noise in its score, or none. */
    private static final String PROGRAM = """
            import json, os, random
            import evolvent


            class Model(evolvent.Trainer):
                def create(self, hyperparameters, seed):
                    self.random = random.Random(SEED)
                    self.skill, self.scale, self.velocity = 0.0, 0.0, 0.0
                    self.apply(hyperparameters)

                def apply(self, hyperparameters):
                    self.rate = hyperparameters["rate"]

                def train(self, steps):
                    for _ in range(steps):
                        self.velocity = 0.5 * self.velocity + 0.5 * self.rate
                        self.skill += self.velocity * (1 - self.skill) * self.random.uniform(0.5, 1.5)
                        self.scale += 0.1 * (1 - self.scale)
                    return self.evaluate()

                def evaluate(self):
                    return {"score": self.skill * self.scale + NOISE * self.random.gauss(0, 0.002)}

                def save(self, directory):
                    with open(os.path.join(directory, "model.json"), "w") as file:
                        json.dump([self.skill, self.scale, self.velocity, self.random.getstate()], file)

                def restore(self, directory):
                    with open(os.path.join(directory, "model.json")) as file:
                        skill, scale, velocity, state = json.load(file)
                    self.skill, self.scale, self.velocity = skill, scale, velocity
                    self.random.setstate((state[0], tuple(state[1]), state[2]))


            evolvent.serve(Model)
            """;

    private static final String STUDY = """
            study: truth
            trainer: {command: [PYTHON, train.py]}
            space: {rate: {float: [0.01, 0.1], scale: log}}
            objective: {metric: score, goal: maximize}
            population: 8
            strategy: {exploit: {truncation: {fraction: 0.25}}}
            budget: {steps: 60}
            interval: {steps: 4}
            execution: {slots: 2}
            """;

    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() throws IOException {
        shell = new Shell(temporary);
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = Files.isDirectory(module.resolve("python")) ? module : module.resolveSibling("");
        System.setProperty("evolvent.home", root.normalize().toString());
        Files.writeString(temporary.resolve("study.yaml"), STUDY.replace("PYTHON", PythonInterpreter.path()));
    }

    @AfterEach
    void closeShell() {
        System.clearProperty("evolvent.home");
    }

    private void program(String right, String wrong, String seed, String noise) throws IOException {
        assertThat(PROGRAM).contains(right);
        Files.writeString(
                temporary.resolve("train.py"),
                PROGRAM.replace(right, wrong).replace("SEED", seed).replace("NOISE", noise));
    }

    private Answer run(String... settings) {
        String[] words = new String[4 + 2 * settings.length];
        words[0] = "run";
        words[1] = "study.yaml";
        words[2] = "--dir";
        words[3] = "d";
        for (int i = 0; i < settings.length; i++) {
            words[4 + 2 * i] = "--set";
            words[5 + 2 * i] = settings[i];
        }
        return shell.call(words);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"seed, 0", "None, 0", "seed, 1", "None, 1"})
    void anHonestProgramIsBelieved(String seed, String noise) throws IOException {
        program("import json", "import json", seed, noise);
        Answer answer = run("strict=true");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out() + answer.err()).doesNotContain(EVALUATED, "Maybe save");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seed | 0 | self.skill, self.scale, self.velocity = skill, scale, velocity | pass
            None | 1 | self.skill, self.scale, self.velocity = skill, scale, velocity | pass
            seed | 0 | self.skill, self.scale, self.velocity = skill, scale, velocity | self.skill = skill
            None | 1 | self.skill, self.scale, self.velocity = skill, scale, velocity | self.skill = skill
            """)
    void whatIsLostIsSeenAtOnceByEvaluating(String seed, String noise, String right, String wrong) throws IOException {
        // The object that restores is not the one that saved: it has just been made.
        program(right, "self.skill, self.scale, self.velocity = 0.0, 0.0, 0.0; " + wrong, seed, noise);
        Answer answer = run();
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).containsOnlyOnce(EVALUATED).contains("score = ", "Maybe save leaves out");
    }

    @Test
    void aStrictStudyStops() throws IOException {
        program(
                "with open(os.path.join(directory, \"model.json\")) as file:",
                "return self.create(self.hyperparameters, 0)",
                "1",
                "0");
        Path script = temporary.resolve("train.py");
        String text = Files.readString(script);
        int rest = text.indexOf("            skill, scale, velocity, state");
        String forgetful = text.substring(0, rest) + text.substring(text.indexOf("\n\nevolvent.serve"));
        Files.writeString(script, forgetful);
        Answer answer = run("strict=true");
        assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(ExitCode.FAILED);
        assertThat(answer.err()).contains(EVALUATED).contains("The study is strict and has stopped", "evolvent resume");
        assertThat(temporary.resolve("d/logs/evolvent.log")).content().contains("The study is strict and has stopped");
        assertThat(shell.call("status", "d").out()).contains("interrupted", "Why it stopped", "logs/evolvent.log");
        assertThat(shell.call("verify", "d").code()).isZero();
    }

    @Test
    void anEvaluationHasToReportTheMetric() throws IOException {
        program("return self.evaluate()", "return {\"score\": self.skill}", "seed", "0");
        Path script = temporary.resolve("train.py");
        Files.writeString(
                script, Files.readString(script).replace("{\"score\": self.skill *", "{\"points\": self.skill *"));
        assertThat(run().out())
                .containsOnlyOnce("A restored model was evaluated, but the trainer reported no metric 'score'");
    }
}
