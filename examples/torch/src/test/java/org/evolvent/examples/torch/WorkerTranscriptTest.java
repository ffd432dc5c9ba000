package org.evolvent.examples.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden transcript that Evolvent and its other SDK are tested with, and what no SDK should trip over. */
class WorkerTranscriptTest {
    private static final Path TRANSCRIPT = Path.of("../../protocol/v2/transcripts/copies.txt");

    @TempDir
    private Path directory;

    /** Moves in steps of four, or three in a time; its score grows by the rate with each step. */
    private static final class Climber implements Trainer {
        private double rate;
        private double score;
        private double stream;

        Climber(Hyperparameters hyperparameters) {
            apply(hyperparameters);
        }

        @Override
        public Report train(long steps) {
            return moved((steps + 3) / 4 * 4);
        }

        @Override
        public Report train(long steps, Duration time) {
            assertThat(time).isEqualTo(Duration.ofMillis(1500));
            return moved(3);
        }

        private Report moved(long steps) {
            score += rate * steps;
            return Report.of("score", score).and("stream", stream).withSteps(steps);
        }

        @Override
        public Optional<Report> evaluate() {
            return Optional.of(Report.of("score", score));
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            rate = hyperparameters.real("learning_rate");
        }

        @Override
        public void reseed(long seed) {
            stream = seed;
        }

        @Override
        public void save(Path target) throws IOException {
            Files.writeString(target.resolve("score"), Double.toString(score));
        }

        @Override
        public void restore(Path source) throws IOException {
            score = Double.parseDouble(Files.readString(source.resolve("score")).split(" ", -1)[0]);
        }
    }

    private static List<JsonNode> answers(List<String> requests) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Worker worker = new Worker(
                (hyperparameters, seed) -> new Climber(hyperparameters),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        worker.answer(new ByteArrayInputStream(String.join("\n", requests).getBytes(StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private List<String> lines(String mark) throws IOException {
        try (Stream<String> lines = Files.lines(TRANSCRIPT)) {
            return lines.filter(line -> line.startsWith(mark))
                    .map(line -> line.substring(mark.length()).replace("$DIR", directory.toString()))
                    .toList();
        }
    }

    /** It leaves out what an answer may leave out: hyperparameters that were not read, the step after a save. */
    @Test
    void answersTheGoldenTranscriptOfCopies() throws Exception {
        List<JsonNode> answers = answers(lines("> "));
        Iterator<String> expected = lines("< ").iterator();
        for (JsonNode answer : answers) {
            JsonNode golden = JsonMapper.shared().readTree(expected.next());
            for (String field : List.of("evolvent", "type", "id", "version")) {
                assertThat(answer.get(field)).as(field + " of " + answer).isEqualTo(golden.get(field));
            }
            if (answer.has("step")) {
                assertThat(answer.get("step")).isEqualTo(golden.get("step"));
            }
            assertThat(answer.path("metrics")).isEqualTo(golden.path("metrics"));
        }
        assertThat(expected.hasNext()).isFalse();
    }

    @Test
    void whatCannotBeReadIsAnErrorWithoutAnIdAndItGoesOn() throws Exception {
        List<JsonNode> answers = answers(
                List.of(
                        "[\"no object\"]",
                        "{no JSON",
                        "{\"evolvent\":2,\"type\":\"create\",\"id\":4,\"hyperparameters\":{\"learning_rate\":1.5},\"seed\":1}"));
        assertThat(answers.stream().map(answer -> answer.get("type").asString()))
                .containsExactly("error", "error", "ok");
        assertThat(answers.get(0).get("id").isNull()).isTrue();
        assertThat(answers.get(1).get("id").isNull()).isTrue();
        assertThat(answers.get(2).get("id").asInt()).isEqualTo(4);
    }

    @Test
    void numbersThatJsonHasNotAreWords() throws Exception {
        Map<Double, String> words =
                Map.of(Double.NaN, "NaN", Double.POSITIVE_INFINITY, "Infinity", Double.NEGATIVE_INFINITY, "-Infinity");
        for (Map.Entry<Double, String> word : words.entrySet()) {
            String rate = word.getValue();
            List<JsonNode> answers = answers(List.of(
                    "{\"type\":\"create\",\"id\":0,\"hyperparameters\":{\"learning_rate\":1.5},\"seed\":1}",
                    "{\"type\":\"restore\",\"id\":1,\"hyperparameters\":{\"learning_rate\":1.5},\"seed\":1,\"directory\":\""
                            + checkpoint(rate) + "\"}",
                    "{\"type\":\"train\",\"id\":2,\"steps\":4}"));
            assertThat(answers.get(2).get("metrics").get("score").asString()).isEqualTo(rate);
        }
    }

    private Path checkpoint(String score) throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve(score));
        Files.writeString(checkpoint.resolve("score"), score);
        Files.writeString(checkpoint.resolve("steps"), "8\n");
        return checkpoint;
    }
}
