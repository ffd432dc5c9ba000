package org.evolvent.store.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.evolvent.core.study.StudyState;
import org.evolvent.testkit.internal.contract.SampleStudy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts the power at many moments, and finds of each file what was forced to the device and by luck a little more. */
class PowerCutTest {
    private static final int CUTS = 12;

    @TempDir
    Path directory;

    private String undisturbed = "";

    @BeforeEach
    void runUndisturbed() {
        try (RunDirectory run = RunDirectory.create(directory.resolve("undisturbed"), "study: toy\n")) {
            SampleStudy.run(run.events(), run.checkpoints());
            undisturbed = SampleStudy.digest(run.events());
        }
    }

    @Tag("slow")
    @Test
    void aStudyComesToTheSameEndWhateverTheDeviceForgot() throws IOException {
        for (int seed = 0; seed < CUTS; seed++) {
            endsAsUndisturbed(seed);
        }
    }

    private void endsAsUndisturbed(int seed) throws IOException {
        try (RunDirectory run = RunDirectory.open(cut(seed))) {
            PowerCut never = new PowerCut(run, Integer.MAX_VALUE);
            StudyState state = SampleStudy.run(never.events(), never.checkpoints());
            assertThat(state.end()).as("seed %s", seed).isPresent();
            assertThat(SampleStudy.digest(run.events())).as("seed %s", seed).isEqualTo(undisturbed);
            assertThat(run.checkpoints().list()).as("seed %s", seed).allMatch(run.checkpoints()::isIntact);
        }
    }

    /** Returns the run as it is found when the power is back. */
    private Path cut(int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path after = directory.resolve("after-" + seed);
        try (RunDirectory run = RunDirectory.create(directory.resolve("before-" + seed), "study: toy\n")) {
            PowerCut power = new PowerCut(run, random.nextInt(2, 30));
            assertThatThrownBy(() -> SampleStudy.run(power.events(), power.checkpoints()))
                    .as("seed %s", seed)
                    .isInstanceOf(RuntimeException.class)
                    .hasStackTraceContaining("The power is gone");
            power.copyTo(after, random);
        }
        return after;
    }
}
