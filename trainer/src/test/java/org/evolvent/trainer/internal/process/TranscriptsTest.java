package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.StorageException;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Test;

/** Evolvent writes the golden transcripts, byte for byte, and understands their answers. */
class TranscriptsTest {
    private static final Path TRANSCRIPTS = Python.root().resolve("protocol/v1/transcripts");
    private static final Path DIRECTORY = Path.of("/some/checkpoint");

    private static List<String> lines(String transcript, String mark) throws IOException {
        try (Stream<String> lines = Files.lines(TRANSCRIPTS.resolve(transcript))) {
            return lines.filter(line -> line.startsWith(mark))
                    .map(line -> line.substring(mark.length()).replace("$DIR", DIRECTORY.toString()))
                    .toList();
        }
    }

    private static Hyperparameters hyperparameters(double learningRate, String optimizer, boolean nesterov) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("learning_rate", new Value.Real(learningRate));
        values.put("layers", new Value.Int(2));
        values.put("optimizer", new Value.Text(optimizer));
        values.put("nesterov", new Value.Flag(nesterov));
        return Hyperparameters.of(values);
    }

    private static Attempt attempt(
            int member, int interval, int number, long stepFrom, long steps, Hyperparameters chosen, long seed) {
        CheckpointRef parent = new CheckpointRef(new MemberId(3), 0, 4, new CheckpointId("0123456789abcdef"));
        return new Attempt(
                new MemberId(member),
                interval,
                number,
                stepFrom,
                steps,
                chosen,
                stepFrom == 0 ? Optional.empty() : Optional.of(parent),
                seed);
    }

    @Test
    void requestsAreWrittenAsInTheTranscript() throws IOException {
        Attempt first = attempt(3, 0, 0, 0, 4, hyperparameters(0.125, "sgd \"fast\" ünïcode", true), 1234567);
        Attempt second = attempt(3, 1, 0, 4, 2, hyperparameters(0.25, "adam", false), 1234567);
        // The halves of a seed are folded; this one's cancel each other out.
        Attempt exploit = attempt(5, 1, 2, 4, 2, hyperparameters(0.5, "adam", false), 0x0000002a_0000002aL);
        List<Request> requests = List.of(
                new Request.Start(0, List.of(1), 0, "1a2b", List.of("layers"), Optional.empty()),
                new Request.Create(1, first),
                new Request.Train(2, first),
                new Request.Save(3, first, DIRECTORY, false),
                new Request.Apply(4, second),
                new Request.Train(5, second),
                new Request.Restore(6, exploit, DIRECTORY),
                new Request.Stop(7));
        assertThat(requests.stream()
                        .map(request -> new String(Wire.encode(request, 1), StandardCharsets.UTF_8))
                        .toList())
                .isEqualTo(lines("two-intervals.txt", "> ").stream()
                        .map(line -> line + "\n")
                        .toList());
    }

    @Test
    void answersAreUnderstood() throws Exception {
        List<String> answers = lines("two-intervals.txt", "< ");
        Answer trained = decode(answers.get(3));
        assertThat(trained).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
            assertThat(ok.step()).contains(4L);
            assertThat(ok.metrics())
                    .containsEntry("score", 0.5)
                    .containsEntry("loss", Double.NaN)
                    .containsEntry("worst", Double.NEGATIVE_INFINITY)
                    .containsEntry("best", Double.POSITIVE_INFINITY);
            assertThat(ok.samples()).containsExactly(0.5, 1.5);
        });
        assertThat(decode(answers.get(2))).isEqualTo(new Answer.Progress(2, 2, Map.of("score", 0.25)));
        assertThat(decode(answers.get(1)))
                .isInstanceOfSatisfying(
                        Answer.Ok.class,
                        ok -> assertThat(ok.hyperparameters())
                                .contains(hyperparameters(0.125, "sgd \"fast\" ünïcode", true)
                                        .values()));
        assertThat(decode(lines("refusals.txt", "< ").get(0)))
                .isEqualTo(new Answer.Refused(
                        Optional.of(0L),
                        "the driver speaks the protocol versions [2, 3], this trainer 1",
                        Optional.empty()));
        assertThat(decode(lines("full-disk.txt", "< ").get(2)))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.storage()).contains(StorageException.Kind.FULL));
    }

    @Test
    void everyAnswerOfEveryTranscriptIsUnderstood() throws Exception {
        int count = 0;
        for (String transcript : List.of("two-intervals.txt", "refusals.txt", "full-disk.txt")) {
            for (String line : lines(transcript, "< ")) {
                decode(line);
                count++;
            }
        }
        assertThat(count).isEqualTo(19);
    }

    @Test
    void everyLineObeysItsSchema() throws IOException {
        Schema requests = schema("requests.schema.json");
        Schema answers = schema("answers.schema.json");
        for (String line : lines("two-intervals.txt", "> ")) {
            assertThat(requests.validate(line, InputFormat.JSON)).as(line).isEmpty();
        }
        for (String transcript : List.of("two-intervals.txt", "refusals.txt", "full-disk.txt")) {
            for (String line : lines(transcript, "< ")) {
                assertThat(answers.validate(line, InputFormat.JSON)).as(line).isEmpty();
            }
        }
        assertThat(requests.validate("{\"evolvent\":1,\"type\":\"dance\",\"id\":2}", InputFormat.JSON))
                .isNotEmpty();
        assertThat(answers.validate(
                        "{\"evolvent\":1,\"type\":\"ok\",\"id\":2,\"metrics\":{\"a\":\"good\"}}", InputFormat.JSON))
                .isNotEmpty();
    }

    private static Schema schema(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(TRANSCRIPTS.resolveSibling(name)), InputFormat.JSON);
    }

    private static Answer decode(String line) throws MalformedMessage {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        assertThat(Wire.messageStart(bytes)).isZero();
        return Wire.decode(bytes, 0);
    }
}
