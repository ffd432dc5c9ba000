package org.evolvent.core.space;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.random.RandomStream;

/**
 * The integers from {@code low} to {@code high}, both included, or those that lie a whole number of steps above {@code low}.
 *
 * @param low the lowest value; at least 1 for {@link Scale#LOG}
 * @param high the highest value, above {@code low} and below 2^53, so that every value is exact as a double
 * @param scale how distances are measured; {@link Scale#LINEAR} or {@link Scale#LOG}
 * @param step the distance of two values, at least 1, of which the range has a whole number
 * @param normal the prior; uniform in the scale where there is none
 */
public record Ints(long low, long high, Scale scale, long step, Optional<Normal> normal) implements Domain {
    public Ints {
        // Not by StrictMath.abs, of which the lowest long has none.
        if (low < -(1L << 53) || high > 1L << 53) {
            throw new IllegalArgumentException(
                    "The range is [%s, %s] but must lie within -2^53 to 2^53".formatted(low, high));
        }
        if (scale == Scale.DISCOUNT) {
            throw new IllegalArgumentException(
                    "The scale of the integers [%s, %s] is discount but must be linear or log".formatted(low, high));
        }
        Ranges.check(low, high, scale);
        if (step != 1) {
            Ranges.checkStep(low, high, scale, step);
            if (step < 1) {
                throw new IllegalArgumentException("The step is %s but must be at least 1".formatted(step));
            }
        }
        Ranges.checkNormal(low, high, scale, normal);
    }

    /** Creates one in which every integer is a value, and equal distances in the scale are equally likely. */
    public Ints(long low, long high, Scale scale) {
        this(low, high, scale, 1, Optional.empty());
    }

    /** Returns the values of this range that lie a whole number of steps above its low end. */
    public Ints inSteps(long distance) {
        return new Ints(low, high, scale, distance, normal);
    }

    /** Returns this range with a normal prior, cut at its ends; see {@link Domain.Normal}. */
    public Ints normal(double centre, double deviation) {
        return new Ints(low, high, scale, step, Optional.of(new Normal(centre, deviation)));
    }

    /** Returns a part of this range, with the same steps, from one of its values to another; uniform in its scale. */
    public Ints between(long lowest, long highest) {
        return new Ints(lowest, highest, scale, step, Optional.empty());
    }

    @Override
    public Value sample(RandomStream random) {
        if (normal.isPresent()) {
            return atShare(random.uniform());
        }
        if (scale == Scale.LINEAR) {
            return new Value.Int(low + step * random.below(size()));
        }
        if (step > 1) {
            return atShare(random.uniform());
        }
        // The integer k owns the interval [k, k + 1) of the log-uniform density.
        double drawn = StrictMath.exp(random.uniform(StrictMath.log(low), StrictMath.log(high + 1.0)));
        return integer((long) drawn);
    }

    @Override
    public boolean contains(Value value) {
        return value instanceof Value.Int integer
                && integer.value() >= low
                && integer.value() <= high
                && (integer.value() - low) % step == 0;
    }

    @Override
    public Value shift(Value value, double factor, RandomStream random) {
        long from = number(value);
        double moved =
                scale.fromScale(scale.shifted(scale.toScale(from), factor, scale.toScale(low), scale.toScale(high)));
        long rounded = nearest(moved);
        if (rounded != from) {
            return integer(rounded);
        }
        long neighbour = factor > 1 ? from + step : from - step;
        return integer(neighbour > high ? from - step : neighbour < low ? from + step : neighbour);
    }

    @Override
    public Value walk(Value value, double share, RandomStream random) {
        if (share == 0) {
            return value;
        }
        double position = random.uniform();
        if (isEven()) {
            // Exactly: a double has no half of an integer that large.
            long index = (number(value) - low) / step;
            double count = size();
            return atShare(Measure.walked(index / count, (index + 1) / count, share, position));
        }
        Measure measure = measure();
        double from = number(value);
        return atShare(Measure.walked(measure.below(from), measure.through(from), share, position));
    }

    @Override
    public double shareOf(double factor) {
        double width = scale.toScale(high) - scale.toScale(low);
        return scale.stepOf(factor, width) / width;
    }

    @Override
    public double position(Value value) {
        return (scale.toScale(number(value)) - scale.toScale(low)) / (scale.toScale(high) - scale.toScale(low));
    }

    @Override
    public Value at(double position) {
        double start = scale.toScale(low);
        return integer(nearest(scale.fromScale(start + position * (scale.toScale(high) - start))));
    }

    @Override
    public long size() {
        return (high - low) / step + 1;
    }

    @Override
    public boolean isOrdered() {
        return true;
    }

    @Override
    public boolean canMove() {
        return true;
    }

    /** Returns whether all values are equally likely. */
    private boolean isEven() {
        return scale == Scale.LINEAR && normal.isEmpty();
    }

    private Value atShare(double share) {
        if (isEven()) {
            return integer(low + step * (long) StrictMath.min(share * size(), size() - 1.0));
        }
        return integer(low + step * (long) StrictMath.floor((measure().at(share) - low) / step));
    }

    private Measure measure() {
        return new Measure(low, high, scale, step, normal);
    }

    private static long number(Value value) {
        return ((Value.Int) value).value();
    }

    private long nearest(double number) {
        return step == 1 ? StrictMath.round(number) : low + step * StrictMath.round((number - low) / step);
    }

    private Value integer(long value) {
        return new Value.Int(StrictMath.max(low, StrictMath.min(high, value)));
    }

    @Override
    public String toString() {
        return Ranges.shown("int", List.of(low, high), scale, step > 1 ? step : 0, normal);
    }

    @Override
    public Map<String, Object> plain() {
        return Ranges.spelled("int", List.of(low, high), scale, step > 1 ? step : 0, normal);
    }
}
