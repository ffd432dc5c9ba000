package org.evolvent.core.space;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Domains and spaces that make no sense are refused with a message that names the values. */
class RangesTest {
    @Test
    void emptyAndReversedRanges() {
        refused(() -> new Reals(1, 1, Scale.LINEAR), "[1, 1]", "low end below its high end");
        refused(() -> new Reals(2, 1, Scale.LOG), "[2, 1]");
        refused(() -> new Ints(5, 5, Scale.LINEAR), "[5, 5]");
        refused(() -> new Ints(5, 4, Scale.LOG), "[5, 4]");
    }

    @Test
    void rangesThatAreNotFinite() {
        refused(() -> new Reals(Double.NaN, 1, Scale.LINEAR), "NaN");
        refused(() -> new Reals(0, Double.NaN, Scale.LINEAR), "NaN");
        refused(() -> new Reals(0, Double.POSITIVE_INFINITY, Scale.LINEAR), "Infinity");
        refused(() -> new Reals(Double.NEGATIVE_INFINITY, 0, Scale.LINEAR), "-Infinity");
    }

    @Test
    void rangesThatAreTooWideOrTooNarrowForDoubles() {
        refused(() -> new Reals(-Double.MAX_VALUE, Double.MAX_VALUE, Scale.LINEAR), "too wide");
        refused(() -> new Reals(1e-5, Math.nextUp(1e-5), Scale.LOG), "too narrow");
    }

    @Test
    void logScalesAtZero() {
        refused(() -> new Reals(0, 1, Scale.LOG), "log scale is 0", "Maybe");
        refused(() -> new Reals(-1, 1, Scale.LOG), "log scale is -1");
        refused(() -> new Ints(0, 10, Scale.LOG), "log scale is 0");
    }

    @Test
    void integersBeyondWhatADoubleHolds() {
        refused(() -> new Ints(0, (1L << 53) + 2, Scale.LINEAR), "2^53");
        refused(() -> new Ints(-(1L << 53) - 2, 0, Scale.LINEAR), "2^53");
        refused(() -> new Ints(Long.MIN_VALUE, 5, Scale.LINEAR), "2^53");
        refused(() -> new Ints(0, Long.MAX_VALUE, Scale.LINEAR), "2^53");
    }

    @Test
    void choicesThatAreNone() {
        refused(() -> new Choice(List.of(), false), "empty");
        refused(() -> new Choice(List.of(Value.of(1), Value.of(2), Value.of(1)), true), "[1, 2, 1]", "different");
    }

    @Test
    void parametersAndSpaces() {
        Parameter a = new Parameter("a", Choice.flag(), false);
        refused(() -> new Parameter("1a", Choice.flag(), false), "'1a'", "letter");
        refused(() -> new Parameter("", Choice.flag(), false), "''");
        refused(() -> new SearchSpace(List.of()), "empty");
        refused(() -> new SearchSpace(List.of(a, a)), "'a'");
    }

    private static void refused(ThrowingCallable creation, String... mentioned) {
        assertThatIllegalArgumentException()
                .isThrownBy(creation)
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage())
                        .contains(mentioned));
    }
}
