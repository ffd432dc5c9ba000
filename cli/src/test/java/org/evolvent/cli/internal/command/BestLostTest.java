package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The checkpoint of the best model is lost when the study is over and the log can say nothing more. */
class BestLostTest {
    @TempDir
    Path temporary;

    private Shell shell;
    private Path run;
    private JsonNode done;

    @BeforeEach
    void run() {
        shell = new Shell(temporary);
        // Checkpoints too large for the database: each is a directory.
        shell.write("study.yaml", Corruption.STUDY.replace("[0, 70000]", "[70000, 70001]"));
        done = shell.call("run", "study.yaml", "--dir", "d", "--json").json();
        run = temporary.resolve("d");
    }

    @Test
    void itIsPublishedAsItShouldBe() throws IOException {
        assertThat(done.get("published").get("checkpoint"))
                .isEqualTo(done.get("best").get("checkpoint"));
        assertThat(done.has("trouble")).isFalse();
        assertThat(publishedCheckpoint()).isEqualTo(best());
    }

    /** Its weights are whole there, wherever else they are not. */
    @Test
    void whatIsPublishedStays() throws IOException {
        damage(run.resolve("checkpoints").resolve(best()));
        Answer resumed = shell.call("resume", "d");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.out()).contains("Done: ", "Its checkpoint and schedule.json: ");
        assertThat(publishedCheckpoint()).isEqualTo(best());
    }

    @Test
    void theBestThatIsIntactTakesItsPlaceAndThatIsSaid() throws IOException {
        damage(run.resolve("checkpoints").resolve(best()));
        Archive.delete(run.resolve("best"));
        Answer resumed = shell.call("resume", "d");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.out())
                .contains("It could not be published: Checkpoint " + best(), "model.txt")
                .containsPattern(
                        "The best that is intact is published instead, -\\S+ by member \\d at step \\d+: .*best");
        assertThat(publishedCheckpoint()).isNotEqualTo(best());
        JsonNode json = shell.call("resume", "d", "--json").json();
        assertThat(json.get("published").get("checkpoint").asString()).isEqualTo(publishedCheckpoint());
        assertThat(json.get("trouble").asString()).contains(best());
        assertThat(json.get("status").asString()).isEqualTo("done");
    }

    @Test
    void nothingIntactIsAFailure() throws IOException {
        try (Stream<Path> all = Files.list(run.resolve("checkpoints"))) {
            for (Path each : all.filter(BestLostTest::isCheckpoint).toList()) {
                damage(each);
            }
        }
        Archive.delete(run.resolve("best"));
        Answer resumed = shell.call("resume", "d");
        assertThat(resumed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(resumed.out())
                .contains("Over, but no best model could be published: ", "Nothing was published, and there is no ")
                .doesNotContain("Done");
        assertThat(run.resolve("best")).doesNotExist();
        assertThat(run.resolve(".best.new")).doesNotExist();
        JsonNode json = shell.call("resume", "d", "--json").json();
        assertThat(json.get("status").asString()).isEqualTo("failed");
        assertThat(json.has("published")).isFalse();
        assertThat(shell.call("replay", "d").out())
                .as("the log has the schedule, from which it can be trained again")
                .contains("the original had");
    }

    @Test
    void whatAKillLeftOfAPublicationIsCollected() throws IOException {
        Files.createDirectory(run.resolve(".best.new"));
        Files.move(run.resolve("best"), run.resolve(".best.old"));
        assertThat(shell.call("gc", "d").out()).contains("2 stray things deleted");
        assertThat(publishedCheckpoint()).isEqualTo(best());
        assertThat(List.of(run.resolve(".best.new"), run.resolve(".best.old"))).noneMatch(Files::exists);
    }

    @Test
    void aManifestThatIsMissingIsNamed() throws IOException {
        assertThat(shell.call("verify", "d").code()).isZero();
        Files.delete(run.resolve("checkpoints").resolve(best() + ".manifest"));
        Answer verified = shell.call("verify", "d");
        assertThat(verified.code()).isEqualTo(ExitCode.FAILED);
        assertThat(verified.out()).contains(best() + ".manifest is missing", "1 thing is wrong.");
        assertThat(shell.call("resume", "d").out()).as("its files are whole").contains("Done: ", "Its checkpoint and");
    }

    private String best() {
        return done.get("best").get("checkpoint").asString();
    }

    private String publishedCheckpoint() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(run.resolve("best/schedule.json")))
                .get("checkpoint")
                .asString();
    }

    private static boolean isCheckpoint(Path path) {
        return path.getFileName().toString().length() == 64;
    }

    private static void damage(Path checkpoint) throws IOException {
        Path file = checkpoint.resolve("model.txt");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        file.toFile().setWritable(true);
        Files.write(file, bytes);
    }
}
