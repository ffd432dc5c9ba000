package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.spec.TrainerSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init} writes works as it is. */
class InitTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
    }

    @Test
    void theJavaSkeletonCompilesPassesTheCheckAndLearns() {
        Answer init = shell.call("init", "mine", "--trainer", "java");
        assertThat(init.code()).isZero();
        Matcher said = Pattern.compile("javac -cp (\\S+) -d (\\S+) (\\S+)").matcher(init.out());
        assertThat(said.find()).as(init.out()).isTrue();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        said.group(1),
                        "-d",
                        temporary.resolve(said.group(2)).toString(),
                        temporary.resolve(said.group(3)).toString());
        assertThat(compiled).isZero();
        Answer check = shell.call("check", "mine/study.yaml");
        assertThat(check.code()).isZero();
        assertThat(check.out()).doesNotContain("WRONG", "warning");
        Answer run = shell.call("run", "mine/study.yaml", "--json");
        assertThat(run.code()).isZero();
        assertThat(run.json().get("best").get("score").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void aScriptForRayThatCannotBeReadWritesNothing() throws Exception {
        Answer missing = shell.call("init", "mine", "--from-ray", "none.py");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("none.py but there is no such file");
        shell.write("script.py", "");
        Answer java = shell.call("init", "mine", "--from-ray", "script.py", "--trainer", "java");
        assertThat(java.code()).isEqualTo(2);
        assertThat(java.err()).contains("--trainer is java but must be python with --from-ray");
        Answer empty = shell.call("init", "mine", "--from-ray", "script.py");
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).contains("script.py");
        assertThat(temporary.resolve("mine")).doesNotExist();
    }

    @Test
    void thePythonSkeletonIsASoundStudy() {
        assertThat(shell.call("init").out()).contains("train.py", "evolvent check study.yaml");
        StudyFile file = StudyFile.read(temporary, Path.of("study.yaml"), List.of());
        assertThat(file.trainer())
                .isInstanceOfSatisfying(
                        TrainerSpec.Command.class,
                        command -> assertThat(command.words()).containsExactly("python3", "train.py"));
        assertThat(temporary.resolve("train.py")).content().contains("evolvent.serve(Perceptron)");
    }

    @Test
    void aBatchScriptForSlurmGoesOnWhenItIsStartedAgain() throws Exception {
        Answer init = shell.call("init", "mine", "--slurm");
        assertThat(init.out()).contains("sbatch job.sh");
        assertThat(temporary.resolve("mine/train.py")).exists();
        String script = Files.readString(temporary.resolve("mine/job.sh"));
        assertThat(script).contains("\n#SBATCH --requeue\n", "exec evolvent run study.yaml --dir run --or-resume");
        List<Setting> settings = Stream.of("execution.slots=4", "execution.slurm.cpus=2")
                .map(Setting::parse)
                .toList();
        assertThat(script).contains("--slots \"$SLURM_NTASKS\" --set \"execution.slurm.cpus=$SLURM_CPUS_PER_TASK\"");
        StudyFile file = StudyFile.read(temporary, Path.of("mine/study.yaml"), settings);
        assertThat(file.resources().slurm()).isPresent();
        assertThat(shell.call("init", "java", "--slurm", "--trainer", "java").code())
                .isEqualTo(ExitCode.USAGE);
        Files.delete(temporary.resolve("mine/job.sh"));
        assertThat(shell.call("init", "mine", "--slurm").out())
                .as("beside a study")
                .doesNotContain("train.py");
        assertThat(temporary.resolve("mine/job.sh")).exists();
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        shell.write("train.py", "my life's work");
        Answer answer = shell.call("init");
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("train.py exists");
        assertThat(Files.exists(temporary.resolve("study.yaml"))).isFalse();
    }
}
