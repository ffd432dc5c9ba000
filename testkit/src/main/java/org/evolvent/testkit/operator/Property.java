package org.evolvent.testkit.operator;

import java.util.stream.LongStream;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;

/**
 * A statement that must hold for many random cases. Each case has its own seed; a failure prints the line that runs this case alone.
 *
 * <p>Use: {@code Property.holds("sorted", 1000, random -> ...)}, and to replay {@code Property.replay(seed, random -> ...)}.
 */
public final class Property {
    /** The statement about one case, drawn from the stream; it throws when it does not hold. */
    @FunctionalInterface
    public interface Statement {
        /** Checks one case. */
        void check(RandomStream random);
    }

    private Property() {}

    /** Checks that a statement holds for some number of cases. */
    public static void holds(String name, int cases, Statement statement) {
        long base = Randomness.mix(name.hashCode());
        LongStream.range(0, cases).map(i -> Randomness.mix(base + i)).forEach(seed -> replay(seed, statement));
    }

    /** Checks one case. */
    public static void replay(long seed, Statement statement) {
        try {
            statement.check(new RandomStream(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "It does not hold for one case. To run it alone: Property.replay(%sL, ...)\n%s"
                            .formatted(seed, e.getMessage()),
                    e);
        }
    }
}
