package org.evolvent.examples.arcade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.evolvent.examples.arcade.game.Title;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"ASTERIX,84", "BREAKOUT,32", "FREEWAY,800", "SEAQUEST,30", "SPACE_INVADERS,93"})
    void recordedEpisodesAreIdentical(Title game, int steps) throws IOException {
        assertThat(Replay.replay(written(game, recorded(game)))).isEqualTo(new Replay.Result(steps, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void anotherObservationIsFound(Title game) throws IOException {
        List<String> lines = recorded(game);
        lines.set(5, lines.get(5).replaceFirst("\"on\": \\[\\d+", "\"on\": [0"));
        Replay.Result result = Replay.replay(written(game, lines));
        assertThat(result.steps()).isEqualTo(4);
        assertThat(result.difference().orElseThrow()).startsWith("episode 0, step 5: seen is [");
    }

    @Test
    void otherRewardsEndsAndDrawsAreFound() throws IOException {
        assertThat(firstDifference("\"r\": 0", "\"r\": 1")).contains("the reward is 0, but 1 recorded");
        assertThat(firstDifference("\"done\": false", "\"done\": true")).contains("not over, but was recorded as over");
        assertThat(firstDifference("\"rng\": []", "\"rng\": [[\"rand\", [0.5]]]"))
                .contains("1 recorded draws were not asked for");
        assertThat(firstDifference("\"randint\"", "\"rand\"")).contains("a randint was drawn, but rand recorded");
    }

    @Test
    void theExitCodeTellsWhatWasFound() throws IOException {
        List<String> files = new ArrayList<>();
        for (Title game : Title.values()) {
            files.add(written(game, recorded(game)).toString());
        }
        assertThat(run(files)).isEqualTo(0);
        assertThat(told())
                .contains("asterix-again.jsonl.gz: 84 steps identical")
                .hasLineCount(5);

        List<String> other = recorded(Title.BREAKOUT);
        other.set(3, other.get(3).replace("\"r\": 0", "\"r\": 7"));
        files.set(0, written(Title.BREAKOUT, other).toString());
        assertThat(run(files)).isEqualTo(1);
        assertThat(told())
                .contains(
                        "breakout-again.jsonl.gz: 2 steps identical",
                        "episode 0, step 3: the reward is 0, but 7 recorded")
                .doesNotContain("freeway");

        files.set(1, "nowhere.jsonl.gz");
        files.set(3, "neither.jsonl.gz");
        assertThat(run(files)).isEqualTo(2);
        assertThat(told()).contains("no nowhere.jsonl.gz, no neither.jsonl.gz").doesNotContain("identical");
        assertThat(run(List.of())).isEqualTo(2);
        assertThat(run(List.of(
                        Files.writeString(directory.resolve("text"), "no gzip").toString())))
                .isEqualTo(2);
    }

    private int run(List<String> files) {
        out.reset();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Replay.run(files, both, both);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String firstDifference(String text, String replacement) throws IOException {
        List<String> lines = recorded(Title.ASTERIX);
        lines.replaceAll(line -> line.replace(text, replacement));
        return Replay.replay(written(Title.ASTERIX, lines)).difference().orElseThrow();
    }

    private static List<String> recorded(Title game) throws IOException {
        try (InputStream in = Title.class.getResourceAsStream(game.label() + ".jsonl.gz")) {
            return new ArrayList<>(new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    private Path written(Title game, List<String> lines) throws IOException {
        Path file = directory.resolve(game.label() + "-again.jsonl.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
