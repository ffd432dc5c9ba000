package org.evolvent.store.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.evolvent.testkit.internal.contract.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, the hard way. */
class KillTest {
    private static final int KILLS = 4;

    @TempDir
    Path directory;

    @Tag("slow")
    @Test
    void whatWasAcknowledgedSurvivesTheProcess() throws Exception {
        Path dir = directory.resolve("run");
        RunDirectory.create(dir, "study: x\n").close();
        List<CheckpointId> acknowledged = new ArrayList<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            acknowledged.addAll(writeAndKill(dir, 37 * kill));
            try (RunDirectory run = RunDirectory.open(dir)) {
                List<CheckpointId> logged = new ArrayList<>();
                run.events().read(event -> logged.add(((Event.IntervalFinished) event).checkpoint()));
                // The process may have been killed between the commit and the line that tells of it.
                assertThat(logged).hasSizeBetween(acknowledged.size(), acknowledged.size() + 1);
                assertThat(logged.subList(0, acknowledged.size())).isEqualTo(acknowledged);
                assertThat(logged).allMatch(run.checkpoints()::isIntact);
                acknowledged = logged;
                run.checkpoints().sweep(new HashSet<>(logged));
                assertThat(run.checkpoints().list()).isEqualTo(Set.copyOf(logged));
            }
        }
    }

    private static List<CheckpointId> writeAndKill(Path dir, int lines) throws IOException, InterruptedException {
        Process process = ChildJvm.of(KilledWriter.class, dir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<CheckpointId> acknowledged = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < lines; i++) {
                acknowledged.add(new CheckpointId(out.readLine()));
            }
            // A second driver is kept out while the first one lives.
            assertThatThrownBy(() -> RunDirectory.open(dir))
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining("in use by process " + process.pid());
            try (RunDirectory watched = RunDirectory.read(dir)) {
                assertThat(watched.events().size()).isGreaterThanOrEqualTo(lines);
                assertThat(watched.checkpoints().isIntact(acknowledged.get(0))).isTrue();
            }
            // The handle kills as hard but leaves the pipe open, so that what was printed before can be read.
            process.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // The last line may have been cut in the middle.
                if (line.length() == 64) {
                    acknowledged.add(new CheckpointId(line));
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return acknowledged;
    }
}
