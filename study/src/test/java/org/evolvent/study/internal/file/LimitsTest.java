package org.evolvent.study.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evolvent.study.spec.StudyFileException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Texts that were made to hold a reader up, or to exhaust it, are refused at once, with the place and the limit. */
@Timeout(60)
class LimitsTest {
    private static final String LAUGHS = IntStream.range(1, 12)
            .mapToObj(i -> "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)))
            .collect(Collectors.joining("", "a0: &a0 [ha]\n", ""));

    static final List<Arguments> TEXTS = List.of(
            text("an alias of itself", "study: &a [*a]", ":1:", "50 collections in each other", "alias"),
            text("an alias of itself as a key", "study: &a {*a : 1}", ":1:"),
            text("brackets", "study: " + "[".repeat(200_000), ":1:", "50 collections in each other"),
            text("braces", "study: " + "{a: ".repeat(200_000), ":1:", "50 collections in each other"),
            text("dashes", "study:\n  " + "- ".repeat(100_000), ":2:", "50 collections in each other"),
            text("keys below each other", nested(1500), ":51:", "50 collections in each other"),
            text("keys that are collections", "? ".repeat(100_000), ":1:", "50 collections in each other"),
            text("aliases that multiply", LAUGHS, "100000 values"),
            text("aliases that deepen", deepening(), "50 collections in each other"),
            text("aliases of a long text", "a: &a " + "x".repeat(100_000) + "\nb: [" + "*a, ".repeat(1000), "YAML"),
            text(
                    "aliases of a long text, closed",
                    "a: &a " + "x".repeat(100_000) + "\nb: [" + "*a, ".repeat(1000) + "]",
                    "3000000 characters of text"),
            text("digits", "seed: 1" + "0".repeat(1_000_000), ":1:", "400 digits"),
            text("digits in base 16", "seed: 0x" + "f".repeat(1_000_000), ":1:", "400 digits"),
            text("digits behind a point", "seed: 0." + "1".repeat(1_000_000), ":1:", "400 digits"),
            text("a long exponent", "seed: 1e" + "9".repeat(1_000_000), ":1:", "400 digits"),
            text("a huge exponent", "seed: 1e999999999", ":1:", "seed is 1e999999999"),
            text("a long key", "x".repeat(1000) + ": 1", ":1:"),
            text("a very long key", "? " + "x".repeat(100_000) + "\n: [1, 2]", ":2:", "500 characters of keys"),
            text("a long text", "study: " + "x".repeat(1_000_000), ":1:", "study is 'xxx"),
            text("a long metric", "objective: {metric: " + "x".repeat(10_000) + "}", ":1:", "at most 4096"),
            text("many keys", many("key%d: 1\n"), "problems more"),
            text("many nearly right keys", many("sede%d: 1\n"), "problems more"),
            text("one key many times", "seed: 1\n".repeat(90_000), "seed is there twice", "problems more"),
            text("a long duration", "budget: {steps: 1, wall_clock: " + "1s".repeat(100_000) + "}", ":1:", "90s"),
            text("a huge file", "# " + "x".repeat(3_000_000), "3000002 characters", "3000000"),
            text("noise", noise(), ":1:"));

    @TempDir
    Path temporary;

    private static Arguments text(String name, String text, String... said) {
        return Arguments.of(name, text, said);
    }

    private static String nested(int depth) {
        return IntStream.range(0, depth).mapToObj(i -> " ".repeat(i) + "k:\n").collect(Collectors.joining());
    }

    /** Each is not deep, but each begins where the one before ends. */
    private static String deepening() {
        StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 1000; i++) {
            text.append("a%d: &a%d %s*a%d%s\n".formatted(i, i, "[".repeat(40), i - 1, "]".repeat(40)));
        }
        return text.toString();
    }

    private static String many(String key) {
        return IntStream.range(0, 90_000).mapToObj(key::formatted).collect(Collectors.joining());
    }

    private static String noise() {
        byte[] bytes = new byte[100_000];
        new java.util.Random(7).nextBytes(bytes);
        return "x" + new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @FieldSource("TEXTS")
    void aTextIsRefusedAtOnce(String name, String text, String... said) {
        assertThatThrownBy(() -> StudyFile.look("study.yaml", text, Path.of("/"), List.of()))
                .isInstanceOf(StudyFileException.class)
                .hasMessageStartingWith("study.yaml")
                .hasMessageContainingAll(said)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250_000));
    }

    @Test
    void aSettingIsRefusedAtOnce() {
        assertRefused(new Setting("--set", "a" + ".a".repeat(50_000), "1"), "500");
        assertRefused(new Setting("--set", "study", "&a [*a]"), "50 collections in each other");
        assertRefused(new Setting("--set", "study", "[".repeat(100_000)), "50 collections in each other");
        assertRefused(new Setting("--set", "seed", "1".repeat(100_000)), "400 digits");
        assertThatThrownBy(() -> Setting.options("--strategy", "[".repeat(100_000)))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContaining("50 collections in each other");
    }

    private static void assertRefused(Setting setting, String said) {
        assertThatThrownBy(() -> StudyFile.look("study.yaml", "study: x", Path.of("/"), List.of(setting)))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aFileIsNotReadToAnEndThatDoesNotCome() throws IOException {
        Path zero = Path.of("/dev/zero");
        assertThatThrownBy(() -> StudyFile.read(Path.of("/"), zero, List.of()))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContainingAll("/dev/zero", "3000000 bytes");
        Path latin = Files.write(temporary.resolve("study.yaml"), new byte[] {'x', (byte) 0xE9, 'x'});
        assertThatThrownBy(() -> StudyFile.read(temporary, latin, List.of()))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void whatPeopleWriteIsFarFromTheLimits() {
        Tree tree = YamlReader.file(
                        "schedule.json",
                        "[" + "{a: {b: [1, 2, {c: [0.5]}]}}, ".repeat(9_000) + "]",
                        new java.util.ArrayList<>())
                .orElseThrow();
        assertThat(((Tree.Listing) tree).items()).hasSize(9_000);
    }
}
