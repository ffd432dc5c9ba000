package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.cli.trainers.Patient;
import org.evolvent.core.study.Event;
import org.evolvent.store.internal.run.RunDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A study that was killed or stopped goes on and comes to the same end. */
@Tag("slow")
class InterruptionTest {
    @TempDir
    Path temporary;

    private Shell shell;
    private JsonNode undisturbed;

    @BeforeEach
    void runUndisturbed() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY.replace("trainers.Hill", "trainers.Slow") + "baseline: random\n");
        undisturbed = shell.call("run", "study.yaml", "--dir", "undisturbed", "--json")
                .json();
    }

    /** The study has 72 intervals, and so has its baseline. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7, 30, 71})
    void aKilledStudyComesToTheSameEnd(int intervals) throws Exception {
        ChildProcess child = new ChildProcess(temporary, intervals + 1, "run", "study.yaml", "--dir", "killed");
        // Of a round with a member that stands still, only what is committed counts.
        child.awaitIntervals(shell, "killed", intervals - intervals % 6);
        child.kill();
        assertSameEnd(shell.call("resume", "killed", "--json"));
    }

    @Test
    void aKilledBaselineComesToTheSameEnd() throws Exception {
        ChildProcess child = new ChildProcess(temporary, 72 + 30, "run", "study.yaml", "--dir", "killed");
        child.awaitIntervals(shell, "killed/baseline", 24);
        child.kill();
        assertThat(shell.call("status", "killed").out()).contains("hill: done");
        assertSameEnd(shell.call("resume", "killed", "--json"));
    }

    @Test
    void aSignalStopsInGoodOrderAndSaysHowToGoOn() throws Exception {
        ChildProcess child = new ChildProcess(temporary, 30, "run", "study.yaml", "--dir", "stopped");
        child.awaitIntervals(shell, "stopped", 24);
        assertThat(child.terminate()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(child.output())
                .contains(
                        "Interrupted",
                        "evolvent resume " + temporary.toRealPath().resolve("stopped"))
                .doesNotContain("should not have happened", "Now random search");
        assertThat(temporary.resolve("stopped/best/schedule.json")).exists();
        assertThat(shell.call("status", "stopped").out()).contains("interrupted (evolvent resume stopped goes on)");
        assertSameEnd(shell.call("resume", "stopped", "--json"));
    }

    @Test
    void aSignalEndsTheProcessEvenWhenATrainerNeverReturns() throws Exception {
        shell.write("study.yaml", Shell.STUDY.replace("trainers.Hill", "trainers.Deaf") + "baseline: random\n");
        ChildProcess child = new ChildProcess(temporary, 30, "run", "study.yaml", "--dir", "stopped");
        child.awaitIntervals(shell, "stopped", 24);
        assertThat(child.terminate()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(child.output()).contains("Interrupted", "evolvent resume");
        assertThat(shell.call("resume", "stopped", "--json").code()).isZero();
    }

    /** What a scheduler sends before a time limit. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "USR1"})
    void whatWasTrainedWhenTheTimeIsUpCounts(String signal) throws Exception {
        shell.write("study.yaml", Shell.STUDY.replace("trainers.Hill", "trainers.Patient") + "baseline: random\n");
        String[] script = {"run", "study.yaml", "--dir", "ended", "--or-resume", "--json"};
        ChildProcess child = new ChildProcess(temporary, 30, script);
        child.awaitOutput(Patient.STANDS_STILL);
        assertThat(child.end(signal)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(child.output()).contains("asked to save what they have trained so far", "evolvent resume");
        List<Event.IntervalSuspended> parts = new ArrayList<>();
        try (RunDirectory run = RunDirectory.read(temporary.resolve("ended"))) {
            run.events().read(event -> {
                if (event instanceof Event.IntervalSuspended part) {
                    parts.add(part);
                }
            });
        }
        assertThat(parts)
                .isNotEmpty()
                .allMatch(part -> part.attempt().steps() == 5 || part.attempt().steps() == 10);
        assertThat(parts).anyMatch(part -> part.attempt().steps() == 5);
        assertThat(shell.call("verify", "ended").out()).contains("Nothing is wrong");
        assertThat(shell.call(
                                "show",
                                "ended",
                                "--member",
                                parts.get(0).attempt().member().toString(),
                                "--full")
                        .out())
                .contains("was suspended at step");
        assertSameEnd(shell.call(script));
        assertThat(shell.call("verify", "ended").out()).contains("Nothing is wrong");
    }

    private void assertSameEnd(Answer resumed) {
        assertThat(resumed.code()).isZero();
        JsonNode json = resumed.json();
        assertThat(json.get("state_digest")).isEqualTo(undisturbed.get("state_digest"));
        assertThat(json.get("intervals")).isEqualTo(undisturbed.get("intervals"));
        assertThat(json.get("best")).isEqualTo(undisturbed.get("best"));
        assertThat(json.get("baseline").get("state_digest"))
                .isEqualTo(undisturbed.get("baseline").get("state_digest"));
    }
}
