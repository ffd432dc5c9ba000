package org.evolvent.trainer.internal.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are Slurm 22.05's; {@code faults/slurm.py} tries a real one. */
class SlurmLauncherTest {
    private final SlurmLauncher ofJobs = new SlurmLauncher("evolvent-1", "a", false, List.of("--cpus-per-task=2"));
    private final SlurmLauncher ofSteps = new SlurmLauncher("evolvent-1", "a", true, List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slurmstepd-n0: error: *** STEP 5.0 ON n0 CANCELLED AT 2026-11-28T00:39:15 ***",
                "slurmstepd: error: *** STEP 9.0 ON n0 CANCELLED AT 2026-11-28T00:39:27 DUE TO PREEMPTION ***",
                "slurmstepd: error: *** JOB 9 ON n0 CANCELLED AT 2026-11-28T00:39:27 DUE TO TIME LIMIT ***",
                "srun: error: Node failure on n0",
                "srun: Job step aborted: Waiting up to 4 seconds for job step to finish.",
                "srun: Force Terminated JobId=14"
            })
    void knowsWhenAPlaceIsTakenAway(String line) {
        assertThat(ofJobs.isWithdrawal(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srun: error: n0: task 0: Exited with exit code 3",
                "srun: error: n0: task 0: Killed",
                "slurmstepd: error: Detected 1 oom-kill event(s) in StepId=5.0.",
                "my log: srun: error: Node failure on n0"
            })
    void knowsWhenATrainerEnds(String line) {
        assertThat(ofJobs.isWithdrawal(line)).isFalse();
    }

    @Test
    void knowsWhatWaits() {
        assertThat(ofJobs.waiting("srun: job 12 queued and waiting for resources"))
                .contains(new Launcher.Waiting("12", "job 12 waits in the queue"));
        assertThat(ofSteps.waiting(
                        "srun: Job 15 step creation temporarily disabled, retrying (Requested nodes are busy)"))
                .contains(new Launcher.Waiting("", "waits for room in the allocation: Requested nodes are busy"));
        assertThat(ofJobs.waiting("srun: job 12 has been allocated resources")).isEmpty();
    }

    @Test
    void asksForAStepInsideOfAnAllocationAndForAJobOutside() {
        List<String> trainer = List.of("python3", "a b.py", "$HOME");
        assertThat(ofJobs.command(3, trainer, Path.of("/")))
                .startsWith("srun", "--unbuffered")
                .contains("--cpus-per-task=2", "--job-name=evolvent-1-a")
                .doesNotContain("--exact")
                .endsWith("python3", "a b.py", "$HOME");
        assertThat(ofSteps.command(3, trainer, Path.of("/"))).contains("--exact");
        assertThat(ofJobs.farewell())
                .as("not those of the driver that has taken over")
                .containsExactly("scancel", "--quiet", "--name=evolvent-1-a");
        assertThat(ofSteps.farewell()).as("a step ends with its srun").isEmpty();
    }

    @Test
    void takesFromOtherDriversOfTheSameRunOnly() {
        Map<String, String> names = Map.of(
                "7", "evolvent-1-a", "8", "evolvent-1-b", "9", "evolvent-12-b", "10", "theirs", "11", "evolvent-1-c");
        assertThat(ofJobs.ofOthers(names)).containsExactlyInAnyOrder("8", "11");
    }
}
