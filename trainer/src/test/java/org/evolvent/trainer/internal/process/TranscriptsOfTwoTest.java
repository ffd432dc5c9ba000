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
import java.time.Duration;
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
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Test;

/** Evolvent writes the golden transcripts of version 2, byte for byte, and understands their answers. */
class TranscriptsOfTwoTest {
    private static final Path VERSION = Python.root().resolve("protocol/v2");
    private static final Path DIRECTORY = Path.of("/some/checkpoint");
    private static final List<String> ALL = List.of("copies.txt", "refusals.txt", "full-disk.txt");

    private static List<String> lines(String transcript, String mark) throws IOException {
        try (Stream<String> lines = Files.lines(VERSION.resolve("transcripts").resolve(transcript))) {
            return lines.filter(line -> line.startsWith(mark))
                    .map(line -> line.substring(mark.length()).replace("$DIR", DIRECTORY.toString()))
                    .toList();
        }
    }

    private static Attempt attempt(int member, int interval, long stepFrom, long steps, double rate, long seed) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("learning_rate", new Value.Real(rate));
        values.put("layers", new Value.Int(2));
        CheckpointRef parent = new CheckpointRef(new MemberId(3), 0, 8, new CheckpointId("0123456789abcdef"));
        return new Attempt(
                new MemberId(member),
                interval,
                0,
                stepFrom,
                steps,
                Hyperparameters.of(values),
                stepFrom == 0 ? Optional.empty() : Optional.of(parent),
                seed);
    }

    private static Attempt copy(Attempt attempt, Optional<Integer> reseed, Optional<Duration> time) {
        return new Attempt(
                attempt.member(),
                attempt.interval(),
                attempt.number(),
                attempt.stepFrom(),
                attempt.steps(),
                attempt.hyperparameters(),
                attempt.parent(),
                attempt.seed(),
                reseed,
                time);
    }

    @Test
    void requestsAreWrittenAsInTheTranscript() throws IOException {
        Attempt first = attempt(3, 0, 0, 5, 0.125, 1234567);
        Attempt restored = copy(attempt(5, 1, 8, 5, 0.25, 0), Optional.of(77), Optional.empty());
        Attempt hot = copy(attempt(6, 2, 16, 5, 0.5, 0), Optional.of(78), Optional.empty());
        Attempt timed = copy(attempt(6, 3, 24, 40, 0.5, 0), Optional.empty(), Optional.of(Duration.ofMillis(1500)));
        List<Request> requests = List.of(
                new Request.Start(0, Wire.VERSIONS, 0, "1a2b", List.of("layers"), Optional.of("=== evolvent: 5f0c")),
                new Request.Create(1, first),
                new Request.Train(2, first),
                new Request.Save(3, first, DIRECTORY, false),
                new Request.Restore(4, restored, DIRECTORY),
                new Request.Evaluate(5, restored),
                new Request.Restore(6, restored, DIRECTORY),
                new Request.Train(7, restored),
                new Request.Apply(8, hot),
                new Request.Train(9, hot),
                new Request.Train(10, timed),
                new Request.Stop(11));
        assertThat(requests.stream()
                        .map(request -> new String(Wire.encode(request, 2), StandardCharsets.UTF_8))
                        .toList())
                .isEqualTo(lines("copies.txt", "> ").stream()
                        .map(line -> line + "\n")
                        .toList());
    }

    @Test
    void aTrainerOfVersionOneIsToldNothingOfRandomStreams() {
        Attempt restored = copy(attempt(5, 1, 8, 5, 0.25, 0), Optional.of(77), Optional.empty());
        for (Request request : List.of(new Request.Restore(4, restored, DIRECTORY), new Request.Apply(5, restored))) {
            assertThat(new String(Wire.encode(request, 1), StandardCharsets.UTF_8))
                    .startsWith("{\"evolvent\":1,")
                    .doesNotContain("reseed");
        }
    }

    @Test
    void answersAreUnderstood() throws Exception {
        List<String> answers = lines("copies.txt", "< ");
        assertThat(decode(answers.get(0))).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
            assertThat(ok.finishes()).isTrue();
            assertThat(ok.marks()).isTrue();
        });
        assertThat(decode(answers.get(2)))
                .isInstanceOfSatisfying(
                        Answer.Ok.class, ok -> assertThat(ok.step()).contains(8L));
        assertThat(decode(answers.get(5))).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
            assertThat(ok.metrics()).containsExactly(Map.entry("score", 1.0));
            assertThat(ok.hyperparameters()).isEmpty();
        });
        for (String transcript : ALL) {
            for (String line : lines(transcript, "< ")) {
                decode(line);
            }
        }
    }

    @Test
    void everyLineObeysItsSchema() throws IOException {
        Schema requests = schema("requests.schema.json");
        Schema answers = schema("answers.schema.json");
        for (String line : lines("copies.txt", "> ")) {
            assertThat(requests.validate(line, InputFormat.JSON)).as(line).isEmpty();
        }
        for (String transcript : ALL) {
            for (String line : lines(transcript, "< ")) {
                assertThat(answers.validate(line, InputFormat.JSON)).as(line).isEmpty();
            }
        }
        String train = "{\"evolvent\":2,\"type\":\"train\",\"id\":2,"
                + "\"attempt\":{\"member\":1,\"interval\":0,\"number\":0},\"steps\":1,\"seconds\":%s}";
        assertThat(requests.validate(train.formatted("0.5"), InputFormat.JSON)).isEmpty();
        assertThat(requests.validate(train.formatted("0"), InputFormat.JSON)).isNotEmpty();
    }

    private static Schema schema(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(VERSION.resolve(name)), InputFormat.JSON);
    }

    private static Answer decode(String line) throws MalformedMessage {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        assertThat(Wire.messageStart(bytes)).isZero();
        return Wire.decode(bytes, 0);
    }
}
