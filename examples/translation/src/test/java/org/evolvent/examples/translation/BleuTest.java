package org.evolvent.examples.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

class BleuTest {
    private record Case(List<String> translations, List<String> references, double bleu) {}

    /** What {@code oracle.py} wrote: among them Unicode's spaces, entities, empty lines, and nothing that matches. */
    @Test
    void isWhatSacreBleuSays() throws IOException {
        int cases = 0;
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("bleu.jsonl.gz"));
                MappingIterator<Case> recorded =
                        new JsonMapper().readerFor(Case.class).readValues(new GZIPInputStream(file))) {
            while (recorded.hasNext()) {
                Case one = recorded.next();
                assertThat(Bleu.of(one.translations, one.references))
                        .as("%s", one)
                        .isCloseTo(one.bleu, within(1e-9));
                cases++;
            }
        }
        assertThat(cases).isEqualTo(1500);
    }

    @Test
    void needsAReferenceForEachTranslation() {
        assertThatThrownBy(() -> Bleu.of(List.of("a", "b"), List.of("a")))
                .hasMessage("There are 2 translations and 1 references but must be as many of both, and at least one");
        assertThatThrownBy(() -> Bleu.of(List.of(), List.of())).hasMessageContaining("at least one");
    }

    @Test
    void onlyALineFeedEndsALine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("lines");
        Files.writeString(file, "a\rb\u0085c\u2028d\r\n\ne\n");
        assertThat(TextFiles.lines(file)).containsExactly("a\rb\u0085c\u2028d\r", "", "e");
        Files.writeString(file, "a\n\nb");
        assertThat(TextFiles.lines(file)).containsExactly("a", "", "b");
        Files.writeString(file, "");
        assertThat(TextFiles.lines(file)).isEmpty();
        Files.write(file, "\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TextFiles.lines(file)).hasMessage(file + " is not UTF-8");
    }
}
