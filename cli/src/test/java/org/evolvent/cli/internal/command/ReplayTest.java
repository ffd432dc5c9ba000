package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Training fresh models along the schedules of a run. */
class ReplayTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void run() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY.replace("trainers.Hill", "trainers.Forgetful"));
        assertThat(shell.call("run", "study.yaml", "--dir", "d").code()).isZero();
    }

    private JsonNode replayed(String... arguments) {
        Answer answer = shell.call(arguments);
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer.json();
    }

    private JsonNode file(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(temporary.resolve(name)));
    }

    /** What the trainer draws from its seed is not in its checkpoints, so that the seed of each interval matters. */
    @Test
    void eachIntervalHasTheSeedThatItHadInTheStudy() throws IOException {
        JsonNode schedule = file("d/best/schedule.json").get("schedule");
        Set<Integer> members = new HashSet<>();
        schedule.forEach(segment -> members.add(segment.get("member").asInt()));
        assertThat(members).as("members of the best model's lineage").hasSizeGreaterThan(1);
        JsonNode same = replayed("replay", "d", "--json");
        assertThat(same.get("score").asDouble())
                .isEqualTo(same.get("original_score").asDouble());
        assertThat(replayed("replay", "d", "--seed", "99", "--json")
                        .get("score")
                        .asDouble())
                .isNotEqualTo(same.get("score").asDouble());
    }

    @Test
    void theModelIsKeptAsTheBestOfARunIs() throws IOException {
        assertThat(shell.call("replay", "d").out()).contains("Kept: ", "evolvent-runs/replay-hill-1");
        Path kept = temporary.resolve("evolvent-runs/replay-hill-1");
        assertThat(kept.resolve("seed-17/checkpoint/model.txt"))
                .hasSameTextualContentAs(temporary.resolve("d/best/checkpoint/model.txt"));
        assertThat(kept.resolve("seed-17/schedule.json"))
                .hasSameTextualContentAs(temporary.resolve("d/best/schedule.json"));
        assertThat(file("evolvent-runs/replay-hill-1/replay.json").get("seed").asInt())
                .isEqualTo(17);
        try (var entries = Files.list(kept)) {
            assertThat(entries.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("seed-17", "logs", "replay.json");
        }
        assertThat(shell.call("replay", "d").out()).contains("evolvent-runs/replay-hill-2");
        Answer taken = shell.call("replay", "d", "--dir", "evolvent-runs");
        assertThat(taken.code()).isEqualTo(ExitCode.USAGE);
        assertThat(taken.err()).contains("--dir is", "there is such a file or directory already");
    }

    @Test
    void everyMemberHasASchedule() {
        JsonNode status = replayed("status", "d", "--json");
        int best = status.get("best").get("member").asInt();
        for (int member = 0; member < 6; member++) {
            JsonNode replay = replayed("replay", "d", "--member", Integer.toString(member), "--json");
            assertThat(replay.get("score").asDouble())
                    .as("member %s", member)
                    .isEqualTo(replay.get("original_score").asDouble());
            if (member == best) {
                assertThat(replay.get("score").asDouble())
                        .isEqualTo(status.get("best").get("score").asDouble());
            }
        }
        refuses("--member is 6 but must be from 0 to 5", "replay", "d", "--member", "6");
        refuses("mutually exclusive", "replay", "d", "--member", "1", "--best");
    }

    @Test
    void severalSeedsHaveAMeanAndAnInterval() {
        JsonNode several = replayed("replay", "d", "--seeds", "4", "--json");
        List<Double> scores = several.get("replays")
                .valueStream()
                .map(replay -> replay.get("score").asDouble())
                .toList();
        assertThat(several.get("replays").findValues("seed"))
                .extracting(JsonNode::asInt)
                .containsExactly(18, 19, 20, 21);
        assertThat(new HashSet<>(scores)).hasSize(4);
        double mean = scores.stream().mapToDouble(score -> score).average().orElseThrow();
        assertThat(several.get("score").asDouble()).isCloseTo(mean, within(1e-9));
        assertThat(several.get("low").asDouble()).isLessThan(mean);
        assertThat(several.get("high").asDouble()).isGreaterThan(mean);
        assertThat(temporary.resolve("evolvent-runs/replay-hill-1/seed-21/checkpoint/model.txt"))
                .exists();
        // The best of six is lucky.
        assertThat(shell.call("replay", "d", "--seeds", "3", "--seed", "500").out())
                .contains("with seed 502", "Mean of 3 seeds: score", "95 % interval", "the original had");
        refuses("--seeds is 0 but must be at least 1", "replay", "d", "--seeds", "0");
    }

    private void refuses(String message, String... command) {
        Answer answer = shell.call(command);
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains(message);
    }
}
