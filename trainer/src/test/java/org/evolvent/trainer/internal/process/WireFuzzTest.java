package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.evolvent.trainer.internal.LineReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a trainer writes, it is log, an answer, or a message that says what is wrong; nothing else is ever thrown. */
class WireFuzzTest {
    private static final String GOOD =
            "{\"evolvent\":1,\"type\":\"ok\",\"id\":2,\"step\":4,\"metrics\":{\"score\":0.5,\"loss\":\"NaN\"},\"samples\":[1,2.5],\"hyperparameters\":{\"a\":1,\"b\":\"x\",\"c\":true,\"d\":0.5}}";

    private static RandomGenerator dice(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Test
    void mutatedMessagesAreAnswersOrMalformed() {
        int malformed = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            byte[] line = mutate(GOOD.getBytes(StandardCharsets.UTF_8), dice(seed));
            int start = Wire.messageStart(line);
            if (start >= 0) {
                try {
                    assertThat(Wire.decode(line, start)).isNotNull();
                } catch (MalformedMessage e) {
                    malformed++;
                    assertThat(e.getMessage()).as("seed %d", seed).isNotBlank().hasSizeLessThan(2000);
                } catch (RuntimeException e) {
                    fail("seed " + seed, e);
                }
            }
        }
        assertThat(malformed).isGreaterThan(1000);
    }

    private static byte[] mutate(byte[] line, RandomGenerator dice) {
        byte[] mutated = line.clone();
        for (int i = dice.nextInt(1, 4); i > 0; i--) {
            switch (dice.nextInt(4)) {
                case 0 -> mutated[dice.nextInt(mutated.length)] = (byte) dice.nextInt(256);
                case 1 -> mutated = Arrays.copyOf(mutated, dice.nextInt(1, mutated.length + 1));
                case 2 -> {
                    int from = dice.nextInt(mutated.length);
                    int length = dice.nextInt(mutated.length - from + 1);
                    System.arraycopy(mutated, from, mutated, dice.nextInt(mutated.length - length + 1), length);
                }
                default -> {
                    String[] pieces = {"null", "[]", "{}", "1e999", "-1", "\"x\"", "99999999999999999999", "NaN"};
                    String text = new String(mutated, StandardCharsets.UTF_8);
                    int colon = text.indexOf(':', dice.nextInt(text.length()));
                    if (colon >= 0) {
                        int end = Math.max(colon + 1, text.indexOf(',', colon));
                        mutated = (text.substring(0, colon + 1)
                                        + pieces[dice.nextInt(pieces.length)]
                                        + text.substring(end))
                                .getBytes(StandardCharsets.UTF_8);
                    }
                }
            }
        }
        return mutated;
    }

    @Test
    void linesAreCutAndNothingIsLost() throws IOException {
        for (long seed = 0; seed < 2_000; seed++) {
            RandomGenerator dice = dice(seed);
            byte[] all = new byte[dice.nextInt(2000)];
            for (int i = 0; i < all.length; i++) {
                all[i] = dice.nextInt(20) == 0 ? (byte) '\n' : (byte) dice.nextInt(256);
            }
            int longest = dice.nextInt(1, 50);
            LineReader reader = new LineReader(new ByteArrayInputStream(all), longest);
            StringBuilder read = new StringBuilder();
            for (Optional<LineReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                assertThat(line.get().bytes()).as("seed %d", seed).hasSizeLessThanOrEqualTo(longest);
                read.append(new String(line.get().bytes(), StandardCharsets.ISO_8859_1));
                read.append(line.get().ended() ? "\n" : "");
            }
            assertThat(read).as("seed %d", seed).hasToString(new String(all, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void deepNestingIsMalformed() {
        String deep = "{\"evolvent\":1,\"type\":\"ok\",\"id\":1,\"metrics\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> Wire.decode(deep.getBytes(StandardCharsets.UTF_8), 0))
                .isInstanceOf(MalformedMessage.class);
    }

    /** Numbers that take a computer's time or memory to read, by both ways that metrics come in. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "0.1", "1e", "-1", "1e-", "0.0000001e"})
    void digitsWithoutEndAreReadOrMalformed(String start) {
        for (int digits : new int[] {300, 900, 5_000, 1_000_000}) {
            String metrics = "{\"a\":" + start + "9".repeat(digits) + "}";
            assertReadOrMalformed(() -> Wire.decode(
                    ("{\"evolvent\":1,\"type\":\"ok\",\"id\":1,\"metrics\":" + metrics + "}")
                            .getBytes(StandardCharsets.UTF_8),
                    0));
            assertReadOrMalformed(() -> Wire.metricsOf(metrics.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static void assertReadOrMalformed(ThrowingCallable reading) {
        Throwable thrown = catchThrowable(reading);
        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOf(MalformedMessage.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2000));
        }
    }

    @Test
    void bareWordsForNumbersThatJsonDoesNotHaveAreUnderstood() throws MalformedMessage {
        assertThat(Wire.metricsOf(
                        "{\"a\": NaN, \"b\": -Infinity, \"c\": \"Infinity\"}".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("a", Double.NaN)
                .containsEntry("b", Double.NEGATIVE_INFINITY)
                .containsEntry("c", Double.POSITIVE_INFINITY);
    }

    /** Python writes an integer of any length; a double holds 1.8e308. */
    @Test
    void integersOfAnyLengthAreNumbers() throws MalformedMessage {
        String ones = "1".repeat(400);
        assertThat(Wire.metricsOf("{\"a\": %s, \"b\": -%s, \"c\": %s}"
                        .formatted(ones, ones, ones.substring(0, 20))
                        .getBytes(StandardCharsets.UTF_8)))
                .containsEntry("a", Double.POSITIVE_INFINITY)
                .containsEntry("b", Double.NEGATIVE_INFINITY)
                .containsEntry("c", 1.111111111111111E+19);
        assertThatThrownBy(() -> Wire.decode(
                        "{\"evolvent\":1,\"type\":\"ok\",\"id\":1,\"hyperparameters\":{\"a\":%s}}"
                                .formatted(ones)
                                .getBytes(StandardCharsets.UTF_8),
                        0))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("hyperparameter 'a'");
    }
}
