package org.evolvent.examples.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected pieces and encodings are those of Hugging Face's tokenizers 0.23.2, whose BpeTrainer had the same words and size. */
class SubwordsTest {
    private static final List<String> TEXT = List.of(
            "Ein Mann steht auf der Straße.",
            "Eine Frau steht auf  einem Berg, einem hohen Berg.",
            "Der Mann und die Frau gehen\u00a0über die Straße; 12 Männer gehen 12 Straßen entlang.",
            "aaaa aaaaa aaa");

    @Test
    void learnsWhatAReferenceLearns() {
        Subwords subwords = Subwords.learn(TEXT, 60);
        assertThat(IntStream.range(4, subwords.size()).mapToObj(subwords::piece))
                .containsExactly(
                        " ", ",", ".", "1", "2", ";", "B", "D", "E", "F", "M", "S", "a", "b", "d", "e", "f", "g", "h",
                        "i", "l", "m", "n", "o", "r", "s", "t", "u", "ß", "ä", "ü", "aa", "er", "en", "ra", "eh", "in",
                        " M", " S", " d", " aa", "an", "tra", "ine", " Stra", " Straß", " 1", " B", " E", " F", " a",
                        " e", " g", " s", "ie", "teh");
        assertThat(encoded(subwords, "Der Berg, ein Mann; 121 Frauen!"))
                .containsExactly(4, 11, 36, 51, 36, 21, 5, 55, 40, 41, 45, 26, 9, 50, 8, 7, 53, 38, 31, 37, 3);
    }

    @Test
    void piecesInARowAreTheText() {
        Subwords subwords = Subwords.learn(TEXT, 60);
        for (String line : List.of("Ein Mann steht auf der Straße.", "Berg", "", "eine12Frau;;")) {
            assertThat(subwords.decode(encoded(subwords, line))).isEqualTo(line);
        }
        assertThat(subwords.decode(encoded(subwords, "  Mann \u00a0 z Frau "))).isEqualTo("Mann \ufffd Frau");
    }

    @Test
    void stopsWhenEachWordIsAPiece() {
        Subwords subwords = Subwords.learn(List.of("ab ab", "ab"), 100);
        assertThat(subwords.size()).isEqualTo(4 + 3 + 2);
        assertThat(subwords.encode("ab ab")).containsExactly(8, 8);
    }

    private static List<Integer> encoded(Subwords subwords, String line) {
        return Arrays.stream(subwords.encode(line)).boxed().toList();
    }
}
