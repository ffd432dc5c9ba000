package org.evolvent.trainer.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evolvent asks as in the golden transcript, byte for byte, and understands its answers and no others. */
class ExploreTranscriptTest {
    private static final Path PROTOCOL = Python.root().resolve("protocol/explore-v1");

    private static List<String> lines(String mark) throws IOException {
        return Files.readAllLines(PROTOCOL.resolve("transcripts/two-copies.txt")).stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    @Test
    void questionsAreWrittenAsInTheTranscript() throws IOException {
        assertThat(List.of(
                        text(ExploreWire.start(0)),
                        text(ExploreWire.explore(1, Questions.copy())),
                        text(ExploreWire.explore(2, Questions.alone()))))
                .isEqualTo(lines("> ").subList(0, 3).stream()
                        .map(line -> line + "\n")
                        .toList());
    }

    @Test
    void answersAreUnderstood() throws Exception {
        List<String> answers = lines("< ");
        ExploreWire.started(bytes(answers.get(0)), 0, 0);
        assertThat(ExploreWire.answer(bytes(answers.get(1)), 0, 1, Questions.copy()))
                .isEqualTo(new ExploreWire.Answer(
                        Questions.hyperparameters(0.5, 2, "adam", 32), Optional.of("half way to member 1")));
        assertThat(ExploreWire.answer(bytes(answers.get(2)), 0, 2, Questions.alone()))
                .isEqualTo(new ExploreWire.Answer(Questions.hyperparameters(0.125, 2, "sgd", 32), Optional.empty()));
        assertThatThrownBy(() -> ExploreWire.answer(bytes(answers.get(3)), 0, 3, Questions.alone()))
                .hasMessageContaining("it copies although it is the best");
    }

    @Test
    void everyLineObeysItsSchema() throws IOException {
        for (String line : lines("> ")) {
            assertThat(schema("requests").validate(line, InputFormat.JSON))
                    .as(line)
                    .isEmpty();
        }
        for (String line : lines("< ")) {
            assertThat(schema("answers").validate(line, InputFormat.JSON))
                    .as(line)
                    .isEmpty();
        }
        assertThat(schema("requests").validate("{\"evolvent\":1,\"type\":\"explore\",\"id\":1}", InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema("answers")
                        .validate("{\"evolvent\":1,\"type\":\"ok\",\"id\":1,\"reason\":2}", InputFormat.JSON))
                .isNotEmpty();
    }

    /** Numbers come as the language writes them; everything else is refused with the name, the value and what is allowed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"learning_rate\":1,\"layers\":2.0,\"batch\":64.0} | ok",
                "{} | ok",
                "{\"learning_rate\":1.5} | learning_rate = 1.5 but that must lie in {\"float\":[1.0E-4,1.0]",
                "{\"learning_rate\":\"NaN\"} | learning_rate = \"NaN\" but that must lie in",
                "{\"learning_rate\":NaN} | learning_rate = \"NaN\" but that must lie in",
                "{\"learning_rate\":null} | learning_rate = null but that must lie in",
                "{\"layers\":3} | layers = 3 but that is fixed and must stay 2",
                "{\"learning_rate\":1e999} | learning_rate = ",
                "{\"layers\":2.5} | layers = 2.5 but that must lie in {\"int\":[1,4]",
                "{\"optimizer\":\"lion\"} | optimizer = \"lion\" but that must lie in {\"choice\":[\"sgd\",\"adam\"]",
                "{\"batch\":\"64\"} | batch = \"64\" but that must lie in",
                "{\"rate\":1} | 'rate' but there is no such hyperparameter; there is [learning_rate, layers, optimizer, batch]",
                "[] | must give 'hyperparameters' as an object",
            })
    void onlyPointsOfTheSpaceAreTaken(String proposed, String said) throws ExploreFailure {
        byte[] line = bytes("{\"evolvent\":1,\"type\":\"ok\",\"id\":2,\"hyperparameters\":%s}".formatted(proposed));
        if (said.equals("ok")) {
            assertThat(Questions.SPACE.contains(
                            ExploreWire.answer(line, 0, 2, Questions.alone()).hyperparameters()))
                    .isTrue();
        } else {
            assertThatThrownBy(() -> ExploreWire.answer(line, 0, 2, Questions.alone()))
                    .isInstanceOf(ExploreFailure.class)
                    .hasMessageContaining(said);
        }
    }

    @Test
    void integersOfAnyLengthAreRefused() {
        String ones = "1".repeat(400);
        for (String name : List.of("learning_rate", "layers", "batch")) {
            byte[] line = bytes(
                    "{\"evolvent\":1,\"type\":\"ok\",\"id\":2,\"hyperparameters\":{\"%s\":%s}}".formatted(name, ones));
            assertThatThrownBy(() -> ExploreWire.answer(line, 0, 2, Questions.alone()))
                    .isInstanceOf(ExploreFailure.class)
                    .hasMessageContaining("that must lie in");
        }
        assertThatThrownBy(() -> ExploreWire.started(
                        bytes("{\"evolvent\":1,\"type\":\"ok\",\"id\":2,\"version\":%s}".formatted(ones)), 0, 2))
                .isInstanceOf(ExploreFailure.class)
                .hasMessageContaining("version");
    }

    private static Schema schema(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(PROTOCOL.resolve(name + ".schema.json")), InputFormat.JSON);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
