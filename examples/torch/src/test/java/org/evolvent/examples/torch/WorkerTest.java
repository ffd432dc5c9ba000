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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
    private static final String START =
            "{'evolvent':1,'type':'start','id':0,'versions':[1,2],'slot':0,'run':'r','fixed':['layers']}";

    @TempDir
    private Path directory;

    private int created;
    private int closed;

    /** Counts: its score is the sum of learning rate times steps; it moves in steps of four. */
    private final class Counter implements Trainer {
        private double rate;
        private double score;
        private long stream;

        Counter(Hyperparameters hyperparameters) {
            created++;
            apply(hyperparameters);
        }

        @Override
        public Report train(long steps) {
            long done = (steps + 3) / 4 * 4;
            score += rate * done;
            return measured().withSteps(done);
        }

        @Override
        public Report train(long steps, Duration time) {
            return measured().withSteps(time.toMillis() / 500);
        }

        @Override
        public Optional<Report> evaluate() {
            return Optional.of(measured());
        }

        private Report measured() {
            return Report.of("score", score)
                    .and("stream", stream)
                    .and("odd", Double.NaN)
                    .withSamples(List.of(1.5, 2.0));
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            rate = hyperparameters.real("rate");
        }

        @Override
        public void reseed(long seed) {
            stream = seed;
        }

        @Override
        public void save(Path to) throws IOException {
            Files.writeString(to.resolve("score"), Double.toString(score));
        }

        @Override
        public void restore(Path from) throws IOException {
            score = Double.parseDouble(Files.readString(from.resolve("score")));
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** Asks, with double quotes for single ones, and returns the answers alike. */
    private List<String> answers(String... requests) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String lines = String.join("\n", requests).replace('\'', '"');
        new Worker(
                        (hyperparameters, seed) -> new Counter(hyperparameters),
                        new PrintStream(out, true, StandardCharsets.UTF_8))
                .answer(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        return new ArrayList<>(
                out.toString(StandardCharsets.UTF_8).replace('"', '\'').lines().toList());
    }

    private static String request(String type, int id, Map<String, String> more) {
        StringBuilder line = new StringBuilder("{'evolvent':2,'type':'%s','id':%d".formatted(type, id));
        more.forEach((key, value) -> line.append(",'").append(key).append("':").append(value));
        return line.append('}').toString();
    }

    @Test
    void holdsAConversation() throws Exception {
        String rate = "{'rate':0.5,'layers':2}";
        String place = "'" + directory + "'";
        assertThat(answers(
                        START,
                        request("create", 1, Map.of("hyperparameters", rate, "seed", "7")),
                        request("train", 2, Map.of("steps", "5")),
                        request("save", 3, Map.of("directory", place)),
                        request("train", 4, Map.of("steps", "1")),
                        request(
                                "restore",
                                5,
                                Map.of(
                                        "hyperparameters",
                                        "{'rate':1.0,'layers':2}",
                                        "directory",
                                        place,
                                        "reseed",
                                        "77")),
                        request("evaluate", 6, Map.of()),
                        request("train", 7, Map.of("steps", "4")),
                        request("apply", 8, Map.of("hyperparameters", rate, "reseed", "78")),
                        request("train", 9, Map.of("steps", "40", "seconds", "1.5")),
                        request("stop", 10, Map.of()),
                        request("evaluate", 11, Map.of())))
                .containsExactly(
                        "{'evolvent':1,'type':'ok','id':0,'version':2}",
                        "{'evolvent':2,'type':'ok','id':1,'step':0}",
                        trained(2, 8, 4.0, 0),
                        "{'evolvent':2,'type':'ok','id':3}",
                        trained(4, 12, 6.0, 0),
                        "{'evolvent':2,'type':'ok','id':5,'step':8}",
                        measured(6, "", 4.0, 77),
                        trained(7, 12, 8.0, 77),
                        "{'evolvent':2,'type':'ok','id':8,'step':12}",
                        trained(9, 15, 8.0, 78));
        assertThat(created).isEqualTo(1);
        assertThat(closed).isEqualTo(1);
    }

    private static String trained(int id, int step, double score, double stream) {
        return measured(id, "'step':%d,".formatted(step), score, stream);
    }

    private static String measured(int id, String step, double score, double stream) {
        return "{'evolvent':2,'type':'ok','id':%d,%s'metrics':{'score':%s,'stream':%s,'odd':'NaN'},'samples':[1.5,2.0]}"
                .formatted(id, step, score, stream);
    }

    /** One that was made with another shape cannot take the checkpoint over. */
    @Test
    void anotherShapeNeedsAnotherTrainer() throws Exception {
        Files.writeString(directory.resolve("score"), "3");
        Files.writeString(directory.resolve("steps"), "9");
        String place = "'" + directory + "'";
        answers(
                START,
                request("restore", 1, Map.of("hyperparameters", "{'rate':1.0,'layers':2}", "directory", place)),
                request("restore", 2, Map.of("hyperparameters", "{'rate':2.0,'layers':2}", "directory", place)),
                request("restore", 3, Map.of("hyperparameters", "{'rate':2.0,'layers':3}", "directory", place)));
        assertThat(created).isEqualTo(2);
        assertThat(closed).isEqualTo(2);
    }

    @Test
    void whatFailsIsAnsweredAndTheNextRequestIsServed() throws Exception {
        List<String> answers = answers(
                START.replace("[1,2]", "[3]"),
                request("train", 1, Map.of("steps", "5")),
                request("sing", 2, Map.of()),
                request("restore", 3, Map.of("hyperparameters", "{'rate':1.0}", "directory", "'/nowhere'")),
                request("create", 4, Map.of("hyperparameters", "{'rate':0.5}")));
        assertThat(answers.get(0)).contains("'id':0", "'error'", "The versions are [3] but 2 must be one");
        assertThat(answers.get(1)).contains("'id':1", "'error'", "There is no trainer");
        assertThat(answers.get(2)).contains("'id':2", "'error'", "'sing', which is unknown");
        assertThat(answers.get(3)).contains("'id':3", "'error'", "/nowhere");
        assertThat(answers.get(4)).isEqualTo("{'evolvent':2,'type':'ok','id':4,'step':0}");
    }
}
