package org.evolvent.store.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.testkit.internal.simulation.StudySimulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies in bad weather on real run directories; for hours by hand as {@code StudySimulationTest}, with {@code -Dtest=StudySimulationOnDiskTest}. */
class StudySimulationOnDiskTest {
    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 20);
    private static final int EVENTS = Integer.getInteger("simulation.events", 100);

    @TempDir
    Path directory;

    @Tag("slow")
    @Test
    void nothingIsLostInAnyWeather() throws IOException {
        int processes = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Path parent = Files.createDirectories(directory.resolve("seed-" + seed));
            int[] made = {0};
            processes += StudySimulation.run(
                            seed, EVENTS, () -> new FileMedium(parent.resolve(Integer.toString(made[0]++))))
                    .processes();
        }
        assertThat(processes).as("processes that it took").isGreaterThan(SEEDS);
    }
}
