package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Every mistake in a study file is named with its line, key, value and what is allowed; nothing is started and nothing is created. */
class StudyFileErrorsTest {
    /** A line of the good study, what replaces it, the line that is to be blamed, and what must be said. */
    static final List<Arguments> MISTAKES = List.of(
            mistake(
                    "{java: org.evolvent.cli.trainers.Hill}",
                    "{command: [no-such-thing]}",
                    2,
                    "'no-such-thing'",
                    "PATH"),
            mistake(
                    "{java: org.evolvent.cli.trainers.Hill}",
                    "{command: [./no.sh]}",
                    2,
                    "'./no.sh'",
                    "no such program"),
            mistake(
                    "{java: org.evolvent.cli.trainers.Hill}",
                    "{command: [sh, \"{steps}\", \"{rat}\"]}",
                    2,
                    "trainer.command",
                    "{rat}"),
            mistake("seed: 17", "sede: 17", 13, "sede is no key", "'seed'"),
            mistake("seed: 17", "population: 7", 13, "population is there twice", "line 6"),
            mistake("seed: 17", "seed: x", 13, "seed is 'x'", "whole number"),
            mistake("seed: 17", "seed: 1.5", 13, "seed is 1.5", "whole number"),
            mistake("seed: 17", "baseline: grid", 13, "baseline is 'grid'", "random"),
            mistake("seed: 17", "attempts: 0", 13, "attempts is 0", "at least 1"),
            mistake("seed: 17", "burn_in: {steps: -1}", 13, "burn_in.steps is -1", "at least 0"),
            mistake("seed: 17", "burn_in: 5", 13, "burn_in is 5", "mapping"),
            mistake("seed: 17", "initial: [{rate: 2}]", 13, "initial[0].rate is 2", "float in [1.0E-4, 0.1]"),
            mistake("seed: 17", "initial: [{rat: 0.1}]", 13, "rat is no key", "'rate'"),
            mistake("seed: 17", "initial: {rate: 0.01}", 13, "initial is {rate: 0.01}", "list"),
            mistake("study: hill", "study: a/b", 1, "study is 'a/b'", "letters"),
            mistake("study: hill", "study: [", 3, "not YAML", "begins in line 1"),
            mistake("study: hill", "study:\thill\n\tx: 1", 1, "not YAML"),
            mistake(
                    "[1.0e-4, 1.0e-1]",
                    "[0.1, 0.01]",
                    4,
                    "space.rate.float",
                    "[0.1, 0.01]",
                    "low end below its high end"),
            mistake(
                    "[1.0e-4, 1.0e-1]",
                    "[0.1, 0.1]",
                    4,
                    "space.rate.float",
                    "[0.1, 0.1]",
                    "low end below its high end"),
            mistake("[1.0e-4, 1.0e-1]", "[0, 1]", 4, "space.rate.float", "low end of a log scale is 0", "above 0"),
            mistake("[1.0e-4, 1.0e-1]", "[0.1]", 4, "space.rate.float is [0.1]", "lowest and the highest"),
            mistake("[1.0e-4, 1.0e-1]", "[a, 1]", 4, "space.rate.float[0] is 'a'", "finite number"),
            mistake("[1.0e-4, 1.0e-1]", "[.nan, 1]", 4, "space.rate.float[0] is .nan", "finite number"),
            mistake("float: [1.0e-4, 1.0e-1]", "int: [1.5, 3]", 4, "space.rate.int[0] is 1.5", "whole number"),
            mistake("scale: log", "scale: lgo", 4, "space.rate.scale is 'lgo'", "linear, log", "'log'"),
            mistake("scale: log", "ordered: true", 4, "space.rate.ordered is no key"),
            mistake("scale: log", "fixed: maybe", 4, "space.rate.fixed is 'maybe'", "true or false"),
            mistake("float:", "flaot:", 4, "exactly one of float, int, choice, flag", "'float'"),
            mistake("{float: [1.0e-4, 1.0e-1], scale: log}", "{choice: []}", 4, "space.rate.choice", "at least one"),
            mistake("{float: [1.0e-4, 1.0e-1], scale: log}", "{choice: [a, a]}", 4, "space.rate.choice", "different"),
            mistake(
                    "{float: [1.0e-4, 1.0e-1], scale: log}",
                    "{choice: [1_000, '2_000']}",
                    4,
                    "space.rate.choice[0] is '1_000' but must be a number without '_', or a text in quotes",
                    "Maybe 1000, without '_'?"),
            mistake("{float: [1.0e-4, 1.0e-1], scale: log}", "{flag: false}", 4, "space.rate.flag is false", "true"),
            mistake("{float: [1.0e-4, 1.0e-1], scale: log}", "0.1", 4, "space.rate is 0.1", "mapping"),
            mistake("  rate: ", "  2rate: ", 4, "space.2rate", "must begin with a letter"),
            mistake("goal: maximize", "goal: up", 5, "objective.goal is 'up'", "maximize, minimize"),
            mistake(", goal: maximize", "", 5, "objective.goal is missing", "goal: maximize"),
            mistake("metric: score", "metric: 5", 5, "objective.metric is 5", "a text"),
            mistake("population: 6", "population: 1", 6, "population is 1", "at least 2"),
            mistake("population: 6", "population: many", 6, "population is 'many'", "whole number"),
            mistake("steps: 120", "steps: 0", 7, "budget.steps is 0", "at least 1"),
            mistake("steps: 120", "steps: 5", 8, "interval.steps is 10", "budget.steps, which is 5"),
            mistake("steps: 120", "steps: 120, wall_clock: soon", 7, "budget.wall_clock is 'soon'", "90s"),
            mistake("steps: 120", "steps: 120, wall_clock: 0s", 7, "budget.wall_clock is '0s'", "above 0"),
            mistake("steps: 120", "steps: 120, target: .inf", 7, "budget.target is .inf", "finite"),
            mistake("fraction: 0.3", "fraction: 0", 10, "exploit.truncation.fraction is 0 but", "at most 0.5"),
            mistake("fraction: 0.3", "fraction: 1", 10, "exploit.truncation.fraction is 1 but", "at most 0.5"),
            mistake(
                    "fraction: 0.3",
                    "fraction: 0.01",
                    10,
                    "exploit.truncation.fraction needs a population of at least 50",
                    "nobody"),
            mistake("fraction: 0.3", "fractoin: 0.3", 10, "exploit.truncation.fractoin", "'fraction'"),
            mistake("truncation:", "trunkation:", 10, "exploit.trunkation", "none, adaptive, truncation,"),
            mistake("[0.8, 1.25]", "[0.8, 1]", 11, "explore.perturb.factors", "is 1 but", "not 1"),
            mistake("resample: 0.25", "resample: 2", 11, "resample is 2 but", "from 0 to 1"),
            mistake("mode: synchronous", "mode: sync", 12, "execution.mode is 'sync'", "asynchronous, synchronous"),
            mistake("slots: 2", "slots: 0", 12, "execution.slots is 0", "at least 1"),
            mistake("slots: 2", "solts: 2", 12, "execution.solts is no key", "'slots'"),
            mistake("{java: org.evolvent.cli.trainers.Hill}", "{}", 2, "trainer is {}", "exactly one of java"),
            mistake("trainers.Hill}", "trainers.Hall}", 2, "'org.evolvent.cli.trainers.Hall'", "no such class"),
            mistake("org.evolvent.cli.trainers.Hill", "java.lang.String", 2, "java.lang.String", "TrainerFactory"),
            mistake("trainers.Hill}", "trainers.Hill, classpath: [nowhere]}", 2, "'nowhere'", "no such file"),
            mistake(
                    "{java: org.evolvent.cli.trainers.Hill}",
                    "{command: []}",
                    2,
                    "trainer.command is []",
                    "a program"));

    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
    }

    private static Arguments mistake(String good, String bad, int line, String... said) {
        return Arguments.of(good, bad, line, List.of(said));
    }

    @ParameterizedTest(name = "{1}")
    @FieldSource("MISTAKES")
    void mistakesAreNamed(String good, String bad, int line, List<String> said) throws Exception {
        assertThat(Shell.STUDY).contains(good);
        int at = Shell.STUDY.indexOf(good);
        shell.write("study.yaml", Shell.STUDY.substring(0, at) + bad + Shell.STUDY.substring(at + good.length()));
        Answer answer = shell.call("run", "study.yaml");
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("study.yaml:" + line + ": ").contains(said);
        assertThat(Files.exists(temporary.resolve("evolvent-runs"))).isFalse();
    }

    @Test
    void whatIsMissingIsNamed() {
        for (String key : List.of("study", "trainer", "objective", "budget", "interval")) {
            shell.write(
                    "study.yaml",
                    Shell.STUDY
                            .lines()
                            .filter(line -> !line.startsWith(key + ":"))
                            .reduce("", (a, b) -> a + b + "\n"));
            Answer answer = shell.call("run", "study.yaml");
            assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
            assertThat(answer.err()).contains("study.yaml:1: " + key + " is missing");
        }
    }

    @Test
    void allMistakesAreReportedAtOnceInTheOrderOfTheFile() {
        shell.write("study.yaml", Shell.STUDY.replace("17", "x").replace("population: 6", "population: 0"));
        Answer answer = shell.call("run", "study.yaml");
        assertThat(answer.err().lines()).hasSize(2);
        assertThat(answer.err()).matches("(?s).*population.*\n.*seed.*");
    }

    @Test
    void mistakesInOptionsNameTheOption() throws Exception {
        shell.write("study.yaml", Shell.STUDY);
        assertThat(shell.call("run", "study.yaml", "--set", "population=1").err())
                .startsWith("--set population=1: population is 1 but must be a whole number of at least 2");
        assertThat(shell.call("run", "study.yaml", "--set", "popluation=8").err())
                .contains("--set popluation=8", "'population'");
        assertThat(shell.call("run", "study.yaml", "--set", "population").err()).contains("key=value");
        assertThat(shell.call("run", "study.yaml", "--set", "seed.x=1").err())
                .startsWith("--set seed.x=1: seed is 17 and has no key 'x'");
        assertThat(shell.call("run", "study.yaml", "--slots", "0").err()).startsWith("--slots 0: execution.slots is 0");
        assertThat(shell.call("run", "study.yaml", "--seed", "abc").err()).startsWith("--seed abc: seed is 'abc'");
        assertThat(Files.exists(temporary.resolve("evolvent-runs"))).isFalse();
    }

    @Test
    void aFileThatIsNoStudyIsRefused() throws Exception {
        assertThat(shell.call("run", "nowhere.yaml"))
                .satisfies(answer -> assertThat(answer.code()).isEqualTo(ExitCode.USAGE))
                .satisfies(answer -> assertThat(answer.err()).contains("nowhere.yaml: there is no such file"));
        shell.write("empty.yaml", "");
        assertThat(shell.call("run", "empty.yaml").err()).contains("empty.yaml:1: the file is empty");
        shell.write("list.yaml", "- a\n- b\n");
        assertThat(shell.call("run", "list.yaml").err()).contains("list.yaml:1: the file is ['a', 'b']");
        Files.write(temporary.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThat(shell.call("run", "binary.yaml").err()).contains("UTF-8");
        shell.write("bomb.yaml", """
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c]
                e: [*d, *d, *d, *d, *d, *d, *d, *d]
                f: [*d, *d, *d, *d, *d, *d, *d, *d]
                g: [*d, *d, *d, *d, *d, *d, *d, *d]
                """);
        assertThat(shell.call("run", "bomb.yaml").err()).contains("more than 100000 values");
    }
}
