package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainers that fail do not end a study; it says what happened. */
class FaultyTrainersTest {
    @TempDir
    Path temporary;

    private Shell shell(String moods) {
        Shell shell = new Shell(temporary);
        shell.write(
                "study.yaml",
                Shell.STUDY
                        .replace("trainers.Hill", "trainers.Moody")
                        .replace("  rate:", "  mood: {choice: [%s], fixed: true}\n  rate:".formatted(moods)));
        return shell;
    }

    @ParameterizedTest
    @CsvSource({"nan", "silent", "throws"})
    void membersWithoutAScoreAreReplaced(String mood) {
        Shell shell = shell("none, " + mood);
        Answer answer = shell.call("run", "study.yaml", "--dir", "d", "--set", "objective.absences=1");
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("gave no score", "replaced by better ones", "Best: score -");
        assertThat(shell.call("show", "d", "--members").out().lines().skip(1))
                .hasSize(6)
                .allMatch(row -> row.contains("none"));
    }

    @Test
    void aThrowingTrainerIsCountedAndExplained() {
        Answer answer = shell("none, throws").call("run", "study.yaml", "--dir", "d", "--set", "attempts=2");
        assertThat(answer.out()).containsPattern("\\d+ attempts? failed; .*evolvent.log says why");
        assertThat(temporary.resolve("d/logs/evolvent.log")).content().contains("out of memory, say");
    }

    @Test
    void statusSaysWhyAttemptsFail() {
        Shell shell = shell("throws");
        assertThat(shell.call("run", "study.yaml", "--dir", "d").err()).contains("failed with the same error");
        assertThat(shell.call("status", "d").out())
                .containsPattern("The last attempt that failed, of member \\d in interval 0: .*out of memory, say");
        assertThat(shell.call("status", "d", "--json")
                        .json()
                        .at("/last_failure/message")
                        .asString())
                .contains("out of memory, say");
    }

    /** A hyperparameter without effect is told, but a strict study goes on: it may act at other times. */
    @Tag("slow")
    @Test
    void aHyperparameterThatActsNowhereFailsNothing() {
        Shell shell = new Shell(temporary);
        shell.write(
                "study.yaml",
                Shell.STUDY.replace(
                        "rate: {float: [1.0e-4, 1.0e-1], scale: log}",
                        "{rate: {choice: [0.01]}, idle: {float: [0, 1]}}"));
        Answer answer =
                shell.call("run", "study.yaml", "--dir", "d", "--set", "strict=true", "--set", "budget.steps=600");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("What a copy changed had no effect");
    }

    @Test
    void aStudyWithoutAnyScoreFailed() {
        Shell shell = shell("nan");
        Answer first = shell.call("run", "study.yaml", "--dir", "d");
        assertThat(first.code()).isEqualTo(ExitCode.FAILED);
        assertThat(first.err()).contains("None of the first 6 intervals has a score", "evolvent resume");
        Answer answer = shell.call("resume", "d", "--json");
        assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
        assertThat(answer.json().get("status").asString()).isEqualTo("failed");
        assertThat(answer.json().get("best").isEmpty()).isTrue();
        assertThat(answer.json().get("trouble").asString()).contains("gave no score: the trainer reported score = NaN");
        assertThat(first.out()).contains("Interval 0 of member", "gave no score: the trainer reported score = NaN");
        assertThat(shell.call("resume", "d").out())
                .contains("No member ever had a score", "reported score = NaN", "/d --set budget.steps=130");
        assertThat(shell.call("status", "d").out()).contains("over, without any score", "reported score = NaN");
        Answer replay = shell.call("replay", "d");
        assertThat(replay.code()).isEqualTo(ExitCode.FAILED);
        assertThat(replay.err()).contains("There is no best model: no member of d has a score.");
    }
}
