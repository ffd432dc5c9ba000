package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Trainers that are programs: a shell script by plain command, and the Python skeleton by the protocol. */
class ProgramsTest {
    /** Counts its steps. Arguments: rate, checkpoint to save into, metrics to write, steps, checkpoint to resume from if any. */
    private static final String SCRIPT = """
            #!/bin/sh
            steps=$4
            if [ -n "$5" ]; then steps=$((steps + $(cat "$5/steps"))); fi
            echo "$steps" > "$2/steps"
            echo "$1" > "$2/rate"
            printf '{"score": %s}' "$steps" > "$3"
            """;

    private static final String COMMAND = """
            command: [./train.sh, "{rate}", "{checkpoint_out}", "{metrics_out}", "{steps}", "{checkpoint_in}"]""";

    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
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
        String written = Files.readString(study);
        assertThat(written).contains("command: [python3, train.py");
        Files.writeString(study, written.replace("[python3,", "[" + PythonInterpreter.path() + ","));
    }

    /** A checkpoint says how many steps are behind it; a study that begins with it counts its own. */
    @NeedsProgram("python3")
    @Tag("slow")
    @Test
    void membersBeginWithWhatTheSdkHasSaved() throws IOException {
        init("python");
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=100", "--set", "population=2");
        assertThat(temporary.resolve("d/best/checkpoint/evolvent.json"))
                .content()
                .contains("100");
        Answer run = shell.call(
                "run",
                "study.yaml",
                "--dir",
                "e",
                "--json",
                "--set",
                "budget.steps=200",
                "--set",
                "population=2",
                "--set",
                "strategy.exploit=none",
                "--set",
                "initial=[{checkpoint: d/best/checkpoint}, {checkpoint: d/best/checkpoint, learning_rate: 0.01}]");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("failures").asInt()).isZero();
        assertThat(run.json().get("intervals").asInt()).isEqualTo(4);
        assertThat(temporary.resolve("d/best/checkpoint/evolvent.json"))
                .content()
                .contains("100");
        assertThat(shell.call("verify", "e").code()).isZero();
        assertThat(shell.call("replay", "e").err()).contains("began with weights that were trained elsewhere");
    }

    @NeedsProgram("python3")
    @Tag("slow")
    @Test
    void weightsThatCannotBeRestoredAreNamed() throws IOException {
        init("python");
        Files.writeString(Files.createDirectory(temporary.resolve("junk")).resolve("model.bin"), "junk");
        String[] initial = {"--set", "initial=[{}, {checkpoint: junk}]"};
        Answer check = shell.call("check", "study.yaml", initial[0], initial[1]);
        assertThat(check.code()).isOne();
        assertThat(check.out())
                .containsOnlyOnce("WRONG")
                .containsPattern(
                        "It failed from \\S*/junk, with which member 1 is to begin, and with .*: The trainer failed to restore");
        Answer run = shell.call("run", "study.yaml", "--dir", "d", initial[0], initial[1]);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsOnlyOnce("Member 1 has failed, which begins from checkpoint ")
                .contains("2 attempts failed");
        Answer good = shell.call("check", "study.yaml", "--set", "initial=[{}, {checkpoint: d/best/checkpoint}]");
        assertThat(good.out())
                .containsPattern("ok       It trains on from \\S*/d/best/checkpoint, with which member 1");
        assertThat(good.code()).isZero();
    }

    @NeedsProgram("python3")
    @Tag("slow")
    @Test
    void checkTellsTheSameErrorOnce() throws IOException {
        init("python");
        Path script = temporary.resolve("train.py");
        String whole = Files.readString(script);
        String broken =
                whole.replaceFirst("(?m)^( +)def restore\\(.*\\n", "$0$1    raise ValueError('no such layer')\n");
        assertThat(broken).isNotEqualTo(whole);
        Files.writeString(script, broken);
        Answer check = shell.call("check", "study.yaml");
        assertThat(check.code()).isOne();
        assertThat(check.out()).containsOnlyOnce("Its last lines of log");
    }

    @Tag("slow")
    @Test
    void aShellScriptIsTunedAsItIs() throws IOException {
        Files.setPosixFilePermissions(shell.write("train.sh", SCRIPT), PosixFilePermissions.fromString("rwxr-xr-x"));
        shell.write("study.yaml", Shell.STUDY.replace("java: org.evolvent.cli.trainers.Hill", COMMAND));
        Answer run = shell.call("run", "study.yaml", "--dir", "d", "--json", "--set", "budget.steps=30");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("best").get("score").asDouble()).isEqualTo(30);
        assertThat(run.json().get("failures").asInt()).isZero();
        assertThat(temporary.resolve("d/best/checkpoint/steps")).content().isEqualTo("30\n");
        assertThat(shell.call("replay", "d").out()).contains("score 30; the original had 30");
        assertThat(shell.call("check", "study.yaml").out())
                .as("it notes the rate and never uses it")
                .contains("these changed nothing, neither on fresh weights nor after a restore: rate")
                .containsOnlyOnce("WRONG");
    }

    /** A launcher that leads nowhere else. */
    @Tag("slow")
    @Test
    void whereSlotsWereIsToldForGood() throws IOException {
        Files.setPosixFilePermissions(shell.write("train.sh", SCRIPT), PosixFilePermissions.fromString("rwxr-xr-x"));
        shell.write("study.yaml", Shell.STUDY.replace("java: org.evolvent.cli.trainers.Hill", COMMAND));
        Answer run = shell.call(
                "run",
                "study.yaml",
                "--dir",
                "d",
                "--set",
                "budget.steps=20",
                "--slots",
                "1",
                "--set",
                "execution.launcher={command: [env], shell: false}");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(shell.call("show", "d", "--slots").out())
                .contains("1 slot ran attempts ", " place\n")
                .containsPattern("\\n +0 .* node \\S+, process group [0-9]+\\n");
        JsonNode stay = shell.call("show", "d", "--slots", "--json").json().at("/rows/0/stays/0");
        assertThat(stay.get("place").asString()).startsWith("node ");
        assertThat(shell.call("show", "d", "--member", "0", "--full").out())
                .containsPattern("score 10; over at \\S+, on node \\S+, process group [0-9]+");
        assertThat(shell.call("verify", "d").code()).isZero();
    }

    @NeedsProgram("python3")
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"python", "command"})
    void theSkeletonsPassTheCheckAndLearn(String kind) throws IOException {
        init(kind);
        Answer check = shell.call("check", "study.yaml");
        assertThat(check.code()).as(check.out() + check.err()).isZero();
        assertThat(check.out()).contains("learning_rate, momentum").doesNotContain("WRONG", "warning");
        Answer run = shell.call("run", "study.yaml", "--json", "--set", "budget.steps=500");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("best").get("score").asDouble()).isGreaterThan(0.9);
    }

    /** Each fault is one replacement in a skeleton; every other test of this class shows that the check is content without. */
    @NeedsProgram("python3")
    @Tag("slow")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            python  | 1 | self.weights, self.velocity, (version | self.weights, _, (version | Training on from a restored checkpoint gives
            python  | 0 | (version, state, gauss) = json.load(file) | (version, state, gauss) = json.load(file); self.save = lambda to: json.dump([self.weights, self.velocity, self.random.getstate()], open(os.path.join(to, "model.json"), "w"), indent=1) | Training on from a restored checkpoint gives exactly what training on without gives
            python  | 0 | random.Random(seed) | random.Random() | the study will not repeat exactly
            python  | 1 | hyperparameters["momentum"] | getattr(self, "momentum", hyperparameters["momentum"]) | momentum: acts on fresh weights, not after a restore
            python  | 1 | self.momentum = hyperparameters["momentum"] | self.momentum = 0.0 | these changed nothing, neither on fresh weights nor after a restore: momentum
            python  | 1 | {"accuracy": | {"precision": | no metric 'accuracy' (it reported [precision])
            python  | 1 | random.Random(seed) | open("nowhere") | No such file or directory: 'nowhere'
            command | 0 | weights, velocity, (version | weights, _, (version | 20 steps at once give
            command | 0 | random.Random(options.seed) | random.Random() | the study will not repeat exactly
            command | 1 | options.momentum * velocity[i] | 0.0 * velocity[i] | these changed nothing, neither on fresh weights nor after a restore: momentum
            command | 1 | random.Random(options.seed) | open("nowhere") | No such file or directory: 'nowhere'
            """)
    void faultsOfProgramsAreFound(String kind, int code, String right, String wrong, String said) throws IOException {
        init(kind);
        Path script = temporary.resolve("train.py");
        String sound = Files.readString(script);
        assertThat(sound).contains(right);
        Files.writeString(script, sound.replace(right, wrong));
        // Short enough for whole trainings of several members.
        Answer check = shell.call("check", "study.yaml", "--set", "budget.steps=200");
        assertThat(check.out()).contains(said);
        assertThat(check.code()).as(check.out()).isEqualTo(code);
    }

    @Test
    void aProgramIsToldItsResourcesAndVariables() throws IOException {
        Files.setPosixFilePermissions(
                shell.write("train.sh", SCRIPT + "env > \"$2/env\"\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
        shell.write(
                "study.yaml",
                Shell.STUDY.replace(
                        "java: org.evolvent.cli.trainers.Hill",
                        COMMAND + ", environment: {MY_FLAG: a b, OPENBLAS_NUM_THREADS: 7}"));
        Answer run = shell.call(
                "run",
                "study.yaml",
                "--dir",
                "d",
                "--set",
                "budget.steps=10",
                "--set",
                "execution.cpus=3",
                "--set",
                "execution.gpus=0.5",
                "--set",
                "execution.devices=[GPU-a]");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readAllLines(temporary.resolve("d/best/checkpoint/env")))
                .contains("OMP_NUM_THREADS=3", "OPENBLAS_NUM_THREADS=7", "CUDA_VISIBLE_DEVICES=GPU-a", "MY_FLAG=a b");

        Answer tooFew = shell.call(
                "run", "study.yaml", "--dir", "e", "--set", "execution.gpus=1", "--set", "execution.devices=[GPU-a]");
        assertThat(tooFew.code()).isEqualTo(ExitCode.USAGE);
        assertThat(tooFew.err())
                .contains("study.yaml:2", "execution.gpus: 2 slots with 1.0 GPUs each need 2 devices but there are 1");
        assertThat(temporary.resolve("e")).doesNotExist();
    }

    @NeedsProgram("python3")
    @Test
    void aPathOfTheStudysOwnDoesNotHideTheSdk() throws IOException {
        init("python");
        shell.write("mine/my_data.py", "SCALE = 1.0\n");
        Path script = temporary.resolve("train.py");
        Files.writeString(script, "import my_data\n" + Files.readString(script));
        Path study = temporary.resolve("study.yaml");
        String written = Files.readString(study);
        Files.writeString(study, written.replace(", train.py]", ", train.py]\n  environment: {PYTHONPATH: mine}"));
        assertThat(study).content().contains("PYTHONPATH: mine");
        Answer run =
                shell.call("run", "study.yaml", "--json", "--set", "budget.steps=100", "--set", "execution.slots=1");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("failures").asInt()).isZero();
    }

    @Test
    void aHyperparameterNamedLikeAPlaceholderIsRefusedByAllCommands() throws IOException {
        Files.setPosixFilePermissions(shell.write("train.sh", SCRIPT), PosixFilePermissions.fromString("rwxr-xr-x"));
        shell.write(
                "study.yaml",
                Shell.STUDY
                        .replace("java: org.evolvent.cli.trainers.Hill", COMMAND)
                        .replace("  rate:", "  steps: {int: [1, 5]}\n  rate:"));
        for (String command : List.of("run", "check", "simulate", "compare")) {
            Answer answer = shell.call(command, "study.yaml");
            assertThat(answer.code()).as(command).isEqualTo(ExitCode.USAGE);
            assertThat(answer.err())
                    .contains("study.yaml:2", "A hyperparameter is named 'steps', which stands for the steps to train");
        }
    }

    @Test
    void aLimitOfTheStudyFileEndsAnInterval() throws IOException {
        Files.setPosixFilePermissions(
                shell.write("train.sh", "#!/bin/sh\necho about to hang\nexec sleep 3600\n"),
                PosixFilePermissions.fromString("rwxr-xr-x"));
        shell.write(
                "study.yaml",
                Shell.STUDY.replace("java: org.evolvent.cli.trainers.Hill", COMMAND + ", limits: {interval: 250ms}"));
        Answer run = shell.call(
                "run",
                "study.yaml",
                "--dir",
                "d",
                "--set",
                "population=2",
                "--set",
                "budget.steps=10",
                "--set",
                "attempts=2",
                "--set",
                "strategy.exploit.truncation.fraction=0.5");
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(temporary.resolve("d/logs/evolvent.log"))
                .content()
                .contains("the interval took longer than PT0.25S", "| about to hang");
    }
}
