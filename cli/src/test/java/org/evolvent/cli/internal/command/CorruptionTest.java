package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was damaged is named, or does no harm. */
class CorruptionTest {
    private static final int FLIPS_OF_EACH_KIND = 4;

    @TempDir
    Path temporary;

    @Tag("slow")
    @Test
    @Timeout(600)
    void aFlippedBitNeverGivesADifferentEndInSilence() throws Exception {
        Path scratch = Files.createDirectory(temporary.resolve("scratch"));
        Corruption corruption = Corruption.of(temporary, scratch, Corruption.STUDY, 24);
        Random random = new Random(17);
        List<String> violations = new ArrayList<>();
        for (List<Path> files : corruption.files().values()) {
            for (int i = 0; i < FLIPS_OF_EACH_KIND; i++) {
                Path file = files.get(random.nextInt(files.size()));
                long size = corruption.size(file);
                if (size > 0) {
                    corruption.flip(file, (long) (random.nextDouble() * size)).ifPresent(violations::add);
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    @Tag("slow")
    @Test
    void membersWhoseCheckpointsAreGoneGoOn() throws Exception {
        Shell shell = new Shell(temporary);
        shell.write("study.yaml", Corruption.STUDY.replace("[0, 70000]", "[70000, 70001]"));
        ChildProcess child = new ChildProcess(temporary, 25, "run", "study.yaml", "--dir", "d", "--slots", "1");
        child.awaitIntervals(shell, "d", 24);
        child.kill();
        String best = shell.call("status", "d", "--json")
                .json()
                .get("best")
                .get("checkpoint")
                .asString();
        List<Path> others = held(temporary.resolve("d"));
        others.removeIf(path -> path.endsWith(best));
        Archive.delete(others.get(0));
        damage(others.get(1).resolve("model.txt")); // Not the ballast, whose bytes they share.
        damage(temporary.resolve("d/checkpoints").resolve(best).resolve("model.txt"));

        Answer verified = shell.call("verify", "d");
        assertThat(verified.code()).isEqualTo(ExitCode.FAILED);
        assertThat(verified.out() + verified.err())
                .contains(short8(others.get(0)), short8(others.get(1)), best.substring(0, 8));

        Answer resumed = shell.call("resume", "d", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains(short8(others.get(0)), short8(others.get(1)), best.substring(0, 8));
        JsonNode end = resumed.json();
        assertThat(end.get("status").asString()).isEqualTo("done");
        assertThat(end.get("members").asInt()).isEqualTo(6);
        assertThat(end.get("best").get("checkpoint").asString()).isNotEqualTo(best);
        assertThat(temporary.resolve("d/best/checkpoint/ballast.bin")).exists();
        assertThat(shell.call("verify", "d").code()).isZero();
        assertLossesAreTold(shell, resumed, List.of(others.get(0), others.get(1), Path.of(best)));
    }

    /** Whoever asks, during the run or afterwards. */
    private void assertLossesAreTold(Shell shell, Answer resumed, List<Path> lost) throws Exception {
        for (Path each : lost) {
            assertThat(resumed.err().lines().filter(line -> line.contains(" LOST: ") && line.contains(short8(each))))
                    .as("each once: %s", resumed.err())
                    .hasSize(1);
        }
        assertThat(resumed.err())
                .containsPattern("Member \\d needed it to go on: (it|at the end of the round it) copies")
                .containsPattern("Member \\d, which has lost its weights, copies member \\d, interval \\d")
                .containsPattern("It was the best so far, -.* by member \\d in interval \\d; now that is -")
                .doesNotContain("Nobody needs");
        assertThat(resumed.json().get("lost_checkpoints").asInt()).isEqualTo(3);
        assertThat(temporary.resolve("d/logs/evolvent.log")).content().contains("WARN", "LOST: ", short8(lost.get(0)));
        Answer status = shell.call("status", "d");
        assertThat(status.out()).contains("3 checkpoints were lost; members that needed one and went on without: ");
        assertThat(shell.call("resume", "d").out()).contains("3 checkpoints were lost", "evolvent.log says more");
        String member = status.out().replaceFirst("(?s).*went on without: (\\d).*", "$1");
        String story = shell.call("show", "d", "--member", member, "--full").out();
        assertThat(story).contains("LOST: the weights that it needed to go on: ");
        String before = story.substring(0, story.lastIndexOf("LOST"));
        String after = story.substring(story.lastIndexOf("LOST"));
        assertThat(after.lines().skip(1).findFirst().orElseThrow())
                .as(story)
                .containsPattern("copies (the )?weights|on the weights of|on fresh weights");
        int interval = (int)
                before.lines().filter(line -> line.startsWith("interval ")).count();
        List<String> told = new ArrayList<>();
        for (int i = interval - 1; i <= interval; i++) {
            told.add(shell.call("explain", "d", member, Integer.toString(i)).out());
        }
        assertThat(String.join("\n", told)).contains("Lost before that, by event ");
        assertThat(temporary.resolve("d/.best.new")).doesNotExist();
    }

    /** Returns the checkpoints that members hold. Those of others may lie there too: they are garbage, and nobody misses them. */
    private static List<Path> held(Path run) throws Exception {
        List<Path> held = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + run.resolve("events.db"));
                ResultSet rows = database.createStatement()
                        .executeQuery("SELECT DISTINCT checkpoint FROM members ORDER BY checkpoint")) {
            while (rows.next()) {
                held.add(run.resolve("checkpoints").resolve(rows.getString(1)));
            }
        }
        return held;
    }

    private static String short8(Path checkpoint) {
        return checkpoint.getFileName().toString().substring(0, 8);
    }

    private static void damage(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        file.toFile().setWritable(true);
        Files.write(file, bytes);
    }
}
