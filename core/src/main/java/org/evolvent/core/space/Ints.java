package org.evolvent.core.space;

import java.util.Map;
import org.evolvent.core.random.RandomStream;

/**
 * The integers from {@code low} to {@code high}, both included.
 *
 * @param low the lowest value; at least 1 for {@link Scale#LOG}
 * @param high the highest value, above {@code low} and below 2^53, so that every value is exact as a double
 * @param scale how distances are measured
 */
public record Ints(long low, long high, Scale scale) implements Domain {
    public Ints {
        // Not by StrictMath.abs, of which the lowest long has none.
        if (low < -(1L << 53) || high > 1L << 53) {
            throw new IllegalArgumentException(
                    "The range is [%s, %s] but must lie within -2^53 to 2^53".formatted(low, high));
        }
        Ranges.check(low, high, scale);
    }

    @Override
    public Value sample(RandomStream random) {
        if (scale == Scale.LINEAR) {
            return new Value.Int(low + random.below(high - low + 1));
        }
        // The integer k owns the interval [k, k + 1) of the log-uniform density.
        double drawn = StrictMath.exp(random.uniform(StrictMath.log(low), StrictMath.log(high + 1.0)));
        return integer((long) drawn);
    }

    @Override
    public boolean contains(Value value) {
        return value instanceof Value.Int integer && integer.value() >= low && integer.value() <= high;
    }

    @Override
    public Value shift(Value value, double factor, RandomStream random) {
        long from = number(value);
        double moved =
                scale.fromScale(scale.shifted(scale.toScale(from), factor, scale.toScale(low), scale.toScale(high)));
        long rounded = StrictMath.round(moved);
        if (rounded != from) {
            return integer(rounded);
        }
        long neighbour = factor > 1 ? from + 1 : from - 1;
        return integer(neighbour > high ? from - 1 : neighbour < low ? from + 1 : neighbour);
    }

    @Override
    public double position(Value value) {
        return (scale.toScale(number(value)) - scale.toScale(low)) / (scale.toScale(high) - scale.toScale(low));
    }

    @Override
    public Value at(double position) {
        double start = scale.toScale(low);
        return integer(StrictMath.round(scale.fromScale(start + position * (scale.toScale(high) - start))));
    }

    @Override
    public boolean isOrdered() {
        return true;
    }

    @Override
    public boolean canMove() {
        return true;
    }

    private static long number(Value value) {
        return ((Value.Int) value).value();
    }

    private Value integer(long value) {
        return new Value.Int(StrictMath.max(low, StrictMath.min(high, value)));
    }

    @Override
    public String toString() {
        return "int in [%s, %s]%s".formatted(low, high, scale == Scale.LOG ? ", log scale" : "");
    }

    @Override
    public Map<String, Object> plain() {
        return Ranges.spelled("int", low, high, scale);
    }
}
