package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.tasks.internal.Tasks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SimulateTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY);
    }

    private JsonNode forecasts(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "simulate";
        all[1] = "--json";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        Answer answer = shell.call(all);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        return answer.json().get("forecasts");
    }

    /** 6 members of 12 intervals of 10 steps: 72 x (10 x 0.5 s + 1 s) on 2 slots, and 36 of them on each. */
    @Test
    void timeAddsUp() {
        JsonNode forecasts = forecasts("study.yaml", "--step-seconds", "0.5", "--save-seconds", "1");
        assertThat(forecasts).hasSize(2);
        JsonNode own = forecasts.get(0);
        assertThat(own.get("mode").stringValue()).isEqualTo("synchronous");
        assertThat(own.get("slots").intValue()).isEqualTo(2);
        assertThat(own.get("wall_seconds").doubleValue()).isEqualTo(36 * 6.0);
        assertThat(own.get("utilisation").doubleValue()).isCloseTo(1, within(1e-9));
        assertThat(own.get("efficiency").doubleValue()).isCloseTo(5 / 6.0, within(1e-9));
        assertThat(own.get("slot_hours").doubleValue()).isCloseTo(2 * 36 * 6.0 / 3600, within(1e-9));
        assertThat(own.get("intervals").longValue()).isEqualTo(72);
        // A third of 6 is replaced after each of 11 rounds; a class keeps all others in memory.
        assertThat(own.get("exploits").longValue()).isEqualTo(11);
        assertThat(own.get("restores").longValue()).isEqualTo(11);
        assertThat(own.get("failures").longValue()).isZero();
        assertThat(forecasts.get(1).get("mode").stringValue()).isEqualTo("asynchronous");
    }

    @Test
    void aProgramHoldsOneMemberOnEachSlot() {
        shell.write(
                "program.yaml", Shell.STUDY.replace("{java: org.evolvent.cli.trainers.Hill}", "{command: [train]}"));
        JsonNode shared = forecasts("program.yaml", "--mode", "synchronous");
        JsonNode own = forecasts("program.yaml", "--mode", "synchronous", "--slots", "6");
        JsonNode hot = forecasts("program.yaml", "--mode", "synchronous", "--hot", "6");
        assertThat(shared.get(0).get("restores").longValue()).isGreaterThan(55);
        assertThat(own.get(0).get("restores").longValue()).isEqualTo(11);
        assertThat(hot.get(0).get("restores").longValue()).isEqualTo(11);
    }

    @Test
    void moreSlotsTakeLessTimeAndSlowOnesMore() {
        JsonNode forecasts = forecasts("study.yaml", "--slots", "1,2,6", "--mode", "asynchronous");
        assertThat(forecasts)
                .extracting(row -> row.get("wall_seconds").doubleValue())
                .as("who copies somebody that is ahead spares the steps between; with a slot for each, nobody is")
                .containsExactly(510.0, 280.0, 120.0);
        JsonNode slow = forecasts("study.yaml", "--slots", "6", "--mode", "synchronous", "--speeds", "1,0.5");
        assertThat(slow.get(0).get("wall_seconds").doubleValue()).isEqualTo(240);
    }

    @Test
    void failuresAndCheckpointsAreCounted() {
        JsonNode row = forecasts(
                        "study.yaml",
                        "--mode",
                        "synchronous",
                        "--failure-rate",
                        "0.2",
                        "--checkpoint-size",
                        "1.5GiB",
                        "--set",
                        "budget.steps=1200")
                .get(0);
        // 720 intervals, of which one in five fails, and one in five of those again.
        assertThat(row.get("failures").longValue()).isBetween(130L, 230L);
        assertThat(row.get("most_disk_bytes").longValue() % (3L << 29)).isZero();
        assertThat(row.get("most_disk_bytes").longValue()).isBetween(6 * (3L << 29), 14 * (3L << 29));
    }

    /** 720 intervals of 10 s: two hours of slots' time, of which each lasts 6 minutes on average before it waits for one. */
    @Test
    void placesAreWaitedForAndLost() {
        JsonNode row = forecasts(
                        "study.yaml",
                        "--mode",
                        "asynchronous",
                        "--queue-seconds",
                        "60",
                        "--preemptions",
                        "10",
                        "--set",
                        "budget.steps=1200")
                .get(0);
        assertThat(row.get("intervals").longValue()).isBetween(600L, 720L);
        assertThat(row.get("failures").longValue()).isZero();
        assertThat(row.get("lost_places").longValue()).isBetween(8L, 35L);
        assertThat(row.get("queued").doubleValue()).isBetween(0.05, 0.3);
        double idle =
                1 - row.get("queued").doubleValue() - row.get("utilisation").doubleValue();
        assertThat(idle).as("a slot with a place has a member").isBetween(-1e-9, 0.02);
    }

    @Test
    void everyTaskCanBeSimulatedAloneAndUnderAStudy() {
        for (String task : Tasks.names()) {
            assertThat(forecasts("--task", task, "--slots", "4", "--mode", "synchronous"))
                    .as(task)
                    .hasSize(1);
            assertThat(forecasts("study.yaml", "--task", task, "--slots", "4", "--mode", "synchronous"))
                    .as(task)
                    .hasSize(1);
        }
        JsonNode deceptive = forecasts(
                "--task",
                "deceptive",
                "--set",
                "strategy={exploit: none, explore: none}",
                "--set",
                "population=5",
                "--slots",
                "5");
        assertThat(deceptive.get(0).get("exploits").longValue()).isZero();
        assertThat(deceptive.get(0).get("wall_seconds").doubleValue()).isEqualTo(1000);
    }

    @Test
    void peopleGetATableThatSaysWhatItAssumes() {
        Answer answer = shell.call(
                "simulate", "study.yaml", "--checkpoint-size", "300MB", "--set", "budget.target=5", "--slots", "2,3");
        assertThat(answer.out())
                .contains("hill: 6 members, 120 steps each in intervals of 10; its scores are invented")
                .contains("a checkpoint has 300 MB")
                .contains("The target score is left out")
                .containsPattern("2 +synchronous +6:00 +0.2 +100.0 % +100.0 % +72 +11 +11 +0 +\\d");
        assertThat(answer.out().lines()).hasSize(3 + 5);
        assertThat(temporary).isDirectoryNotContaining("glob:**runs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "simulate | name a study file, or a task by --task, one of figure-2",
                "simulate --task Plain | --task: The task is 'Plain' but must be one of figure-2, plain",
                "simulate none.yaml | none.yaml: there is no such file",
                "simulate study.yaml --slots 0 | --slots is 0 but must be at least 1",
                "simulate study.yaml --slots x | 'x' is not an int",
                "simulate study.yaml --mode fast | --mode is 'fast' but must be asynchronous, synchronous or both",
                "simulate study.yaml --speeds 1,0 | --speeds is 0.0 but must be above 0",
                "simulate study.yaml --member-speeds -1 | --member-speeds is -1.0 but must be above 0",
                "simulate study.yaml --failure-rate 1 | --failure-rate is 1.0 but must be at least 0 and below 1",
                "simulate study.yaml --step-seconds 0 | --step-seconds is 0.0 but must be above 0",
                "simulate study.yaml --save-seconds -1 | --save-seconds is -1.0 but must be from 0 to 1e9",
                "simulate study.yaml --restore-seconds NaN | --restore-seconds is NaN but must be from 0 to 1e9",
                "simulate study.yaml --queue-seconds -1 | --queue-seconds is -1.0 but must be from 0 to 1e9",
                "simulate study.yaml --preemptions NaN | --preemptions is NaN but must be from 0 to 1e6",
                "simulate study.yaml --node-failures -1 | --node-failures is -1.0 but must be from 0 to 1e6",
                "simulate study.yaml --node-slots 0 | --node-slots is 0 but must be at least 1",
                "simulate study.yaml --hot -1 | --hot is -1 but must be at least 0",
                "simulate study.yaml --checkpoint-size big | --checkpoint-size is 'big' but must be a size such as 300MB",
                "simulate study.yaml --set budget.steps=1000000000000 | Maybe longer intervals, fewer steps",
                "simulate study.yaml --set population=1 | population is 1 but must be a whole number of at least 2",
            })
    void whatCannotBeIsRefused(String arguments, String said) {
        Answer answer = shell.call(arguments.split(" ", -1));
        assertThat(answer.err()).contains(said);
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    }
}
