package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check finds the faults that spoil studies, and none in a sound trainer. */
class CheckTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY);
    }

    @Test
    void aSoundTrainerHasNoFaults() {
        Answer answer = shell.call("check", "study.yaml");
        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .contains(
                        "same seed gives the same score and the same checkpoint",
                        "exactly what training on without",
                        "rate")
                .doesNotContain("WRONG", "warning");
        assertThat(temporary).isDirectoryNotContaining("glob:**evolvent-runs");
    }

    @ParameterizedTest
    @CsvSource({
        "forgets, 1, Training on from a restored checkpoint gives",
        "deaf, 1, applied in place give",
        "random, 0, the study will not repeat exactly",
        "nan, 1, There is no score: the trainer reported score = NaN",
        "silent, 1, the trainer reported no metric 'score'",
        "throws, 1, 'out of memory, say'"
    })
    void faultsAreFound(String mood, int code, String said) {
        shell.write(
                "study.yaml",
                Shell.STUDY
                        .replace("trainers.Hill", "trainers.Moody")
                        .replace("  rate:", "  mood: {choice: [%s], fixed: true}\n  rate:".formatted(mood)));
        Answer answer = shell.call("check", "study.yaml");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.out()).contains(said);
    }

    @Test
    void aHyperparameterThatDoesNothingIsNamed() {
        shell.write("study.yaml", Shell.STUDY.replace("  rate:", "  idle: {float: [0, 1]}\n  rate:"));
        Answer answer = shell.call("check", "study.yaml");
        assertThat(answer.out())
                .containsPattern(
                        "In 10 steps.* these changed nothing, neither on fresh weights nor after a restore: idle")
                .contains("They act nowhere");
        assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
    }
}
