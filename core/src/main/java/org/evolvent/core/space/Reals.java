package org.evolvent.core.space;

import java.util.Map;
import org.evolvent.core.random.RandomStream;

/**
 * The finite doubles from {@code low} to {@code high}, both included.
 *
 * @param low the lowest value; above 0 for {@link Scale#LOG}
 * @param high the highest value, above {@code low}
 * @param scale how distances are measured
 */
public record Reals(double low, double high, Scale scale) implements Domain {
    public Reals {
        Ranges.check(low, high, scale);
    }

    /** Returns a range whose distances are differences. */
    public static Reals linear(double low, double high) {
        return new Reals(low, high, Scale.LINEAR);
    }

    /** Returns a range above 0 whose distances are ratios. */
    public static Reals log(double low, double high) {
        return new Reals(low, high, Scale.LOG);
    }

    @Override
    public Value sample(RandomStream random) {
        return at(random.uniform());
    }

    @Override
    public boolean contains(Value value) {
        return value instanceof Value.Real real && real.value() >= low && real.value() <= high;
    }

    @Override
    public Value shift(Value value, double factor, RandomStream random) {
        double from = scale.toScale(number(value));
        return real(scale.fromScale(scale.shifted(from, factor, scale.toScale(low), scale.toScale(high))));
    }

    @Override
    public double position(Value value) {
        return (scale.toScale(number(value)) - scale.toScale(low)) / (scale.toScale(high) - scale.toScale(low));
    }

    @Override
    public Value at(double position) {
        double start = scale.toScale(low);
        return real(scale.fromScale(start + position * (scale.toScale(high) - start)));
    }

    @Override
    public boolean isOrdered() {
        return true;
    }

    @Override
    public boolean canMove() {
        return true;
    }

    private static double number(Value value) {
        return ((Value.Real) value).value();
    }

    private Value real(double value) {
        return new Value.Real(StrictMath.max(low, StrictMath.min(high, value)));
    }

    @Override
    public String toString() {
        return "float in [%s, %s]%s".formatted(low, high, scale == Scale.LOG ? ", log scale" : "");
    }

    @Override
    public Map<String, Object> plain() {
        return Ranges.spelled("float", low, high, scale);
    }
}
