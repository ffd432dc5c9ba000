package org.evolvent.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.evolvent.core.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {
    private static final Hyperparameters VALUES =
            Hyperparameters.ofPlain(Map.of("a", 2L, "b", 3.0, "weight-decay", 0.5, "c.d_1", 4L));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a <= b",
                "a<b",
                "a != b",
                "b >= 3",
                "b > 2.5e0",
                "a == 2",
                "a + b * c.d_1 == 14",
                "(a + b) * c.d_1 == 20",
                "c.d_1 - b - a == -1",
                "c.d_1 / a / a == 1",
                "-a + b == 1",
                "a - -b == 5",
                "weight-decay == .5",
                "weight-decay - a < 0",
                "  a   <   1e3  ",
                "2 * (a) <= c.d_1"
            })
    void holds(String text) {
        assertThat(Constraint.of(text).holds(VALUES)).isTrue();
        assertThat(Constraint.of(text)).hasToString(text).isEqualTo(Constraint.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a > b",
                "a == b",
                "a >= b",
                "b < a",
                "b != 3",
                "a / (b - 3) > 0 - 1e9 * 0 / 0",
                "a / 0 != a / 0 - a / 0"
            })
    void doesNotHold(String text) {
        assertThat(Constraint.of(text).holds(VALUES)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | has its end at character 2 where there must be one of <= < >= > == !=",
                "a <= | has its end at character 5",
                "a <= b <= c | has '<=' at character 8 where there must be the end",
                "a = b | has '=' at character 3",
                "a <= (b | has its end at character 8 where there must be ')'",
                "a <= b) | has ')' at character 7",
                "a $ b | has '$' at character 3",
                "* a < b | has '*' at character 1",
                "a b < 2 | has 'b' at character 3",
                "2a < 3 | has 'a' at character 2",
                "1 < 2 | about no parameter"
            })
    void whatIsNoneIsRefused(String text, String mentioned) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraint.of(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining(mentioned);
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraint.of("a <= " + "1".repeat(1000)))
                .withMessageContaining("1005 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraint.of("a <= " + "(".repeat(60) + "1" + ")".repeat(60)))
                .withMessageContaining("50 levels");
        assertThat(Constraint.of("a <= " + "1+".repeat(400) + "1").holds(VALUES))
                .isTrue();
    }

    @Test
    void drawsHoldIt() {
        SearchSpace space = SearchSpace.of(
                        Parameter.of("mini", new Ints(1, 64, Scale.LOG)),
                        Parameter.of("batch", new Choice(List.of(Value.of(8), Value.of(16)), true)))
                .constrained(Constraint.of("mini <= batch"));
        RandomStream random = new RandomStream(1);
        for (int i = 0; i < 1_000; i++) {
            Hyperparameters drawn = space.sample(random);
            assertThat(drawn.integer("mini")).isLessThanOrEqualTo(drawn.integer("batch"));
            assertThat(space.contains(drawn)).isTrue();
        }
        Hyperparameters wrong = Hyperparameters.ofPlain(Map.of("mini", 9L, "batch", 8L));
        assertThat(space.contains(wrong)).isFalse();
        assertThat(space.broken(wrong)).contains(Constraint.of("mini <= batch"));
    }

    @Test
    void whatNoDrawHoldsIsRefused() {
        SearchSpace space =
                SearchSpace.of(Parameter.of("x", Reals.linear(0, 1))).constrained(Constraint.of("x > 1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space.sample(new RandomStream(1)))
                .withMessageContaining("[x > 1] hold for none of 100000 draws");
    }

    @Test
    void itIsAboutNumbersOfTheSpace() {
        SearchSpace space = SearchSpace.of(
                Parameter.of("batch", Reals.linear(0, 1)),
                Parameter.of("kind", new Choice(List.of(Value.of("a"), Value.of("b")), false)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space.constrained(Constraint.of("bacth <= 1")))
                .withMessageContaining("'bacth', which is no parameter")
                .withMessageContaining("Maybe you meant 'batch'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space.constrained(Constraint.of("batch-1 <= 1")))
                .withMessageContaining("a space before the minus");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space.constrained(Constraint.of("kind <= 1")))
                .withMessageContaining("'kind', which is a choice of [a, b] but must be a number");
    }
}
