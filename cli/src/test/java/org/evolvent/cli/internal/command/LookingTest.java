package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What can be done with a run that is over. */
class LookingTest {
    @TempDir
    static Path temporary;

    private static Shell shell;

    @BeforeAll
    static void run() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY);
        assertThat(shell.call("run", "study.yaml", "--dir", "d", "--set", "baseline=random")
                        .code())
                .isZero();
    }

    @Test
    void statusIsShort() {
        Answer answer = shell.call("status", "d");
        assertThat(answer.out().lines()).hasSize(4);
        assertThat(answer.out())
                .contains(
                        "hill: done",
                        "720 of at most 720 steps",
                        "Best: score -",
                        "Random search with the same budget, in",
                        "baseline: done, score -");
    }

    @Test
    void everyMemberIsShownWithItsHyperparameters() {
        List<String> lines = shell.call("show", "d", "--members").out().lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).contains("member", "rank", "score", "weights of", "rate");
    }

    @Test
    void aCopyIsExplained() {
        Pattern copy = Pattern.compile("copies weights and hyperparameters of member (\\d), interval (\\d+): "
                + "It ranks (\\d) of 6, in the bottom 1; member \\1 was drawn from the top 1");
        long copies = 0;
        for (int member = 0; member < 6; member++) {
            String story = shell.call("show", "d", "--member", Integer.toString(member), "--full")
                    .out();
            Matcher matcher = copy.matcher(story);
            while (matcher.find()) {
                copies++;
                String after = story.substring(matcher.end());
                assertThat(after).contains("donor_fitness", "explores rate");
                assertThat(after)
                        .contains("on the weights of member %s, interval %s"
                                .formatted(matcher.group(1), matcher.group(2)));
            }
        }
        assertThat(copies)
                .isEqualTo(shell.call("status", "d", "--json")
                        .json()
                        .get("exploits")
                        .asLong())
                .isPositive();
    }

    @Test
    void aMemberThatIsNotThereIsRefused() {
        Answer answer = shell.call("show", "d", "--member", "6");
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("--member is 6", "0 to 5");
    }

    @Test
    void theBestIsShownInFull() {
        double score = shell.call("status", "d", "--json")
                .json()
                .get("best")
                .get("score")
                .asDouble();
        assertThat(shell.call("show", "d", "--best").out())
                .contains("score " + score, "position ", "checkpoint ", "from_step");
    }

    @Test
    void replayingUnderTheSameSeedGivesTheSameScore() {
        JsonNode same = shell.call("replay", "d", "--json").json();
        assertThat(same.get("score").asDouble())
                .isEqualTo(same.get("original_score").asDouble());
        JsonNode other = shell.call("replay", "d", "--json", "--seed", "99").json();
        assertThat(other.get("score").asDouble()).isNotEqualTo(same.get("score").asDouble());
        assertThat(shell.call("replay", "d").out())
                .contains("Replayed the best model with seed 17", "the original had");
    }

    @Test
    void garbageIsCollectedAndNothingElse() throws IOException {
        Path checkpoints = temporary.resolve("d/checkpoints");
        List<Path> before = tree(checkpoints);
        assertThat(shell.call("gc", "d").out()).contains("0 stray things deleted");
        assertThat(tree(checkpoints)).isEqualTo(before);
        Path stray = checkpoints.resolve("0".repeat(64));
        Files.createDirectory(stray);
        Files.writeString(stray.resolve("model.txt"), "nobody's");
        assertThat(shell.call("gc", "d").out()).contains("1 stray thing deleted");
        assertThat(tree(checkpoints)).isEqualTo(before);
        assertThat(shell.call("resume", "d").code()).isZero();
    }

    private static List<Path> tree(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.sorted().toList();
        }
    }
}
