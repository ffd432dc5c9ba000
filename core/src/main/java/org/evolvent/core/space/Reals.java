package org.evolvent.core.space;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.random.RandomStream;

/**
 * The finite doubles from {@code low} to {@code high}, both included, or those that lie a whole number of steps above {@code low}.
 *
 * @param low the lowest value; above 0 for {@link Scale#LOG}
 * @param high the highest value, above {@code low}; below 1 for {@link Scale#DISCOUNT}
 * @param scale how distances are measured
 * @param step the distance of two values, of which the range has a whole number; 0 where every number is a value
 * @param normal the prior; uniform in the scale where there is none
 */
public record Reals(double low, double high, Scale scale, double step, Optional<Normal> normal) implements Domain {
    public Reals {
        Ranges.check(low, high, scale);
        Ranges.checkStep(low, high, scale, step);
        Ranges.checkNormal(low, high, scale, normal);
    }

    /** Creates one in which every number is a value, and equal distances in the scale are equally likely. */
    public Reals(double low, double high, Scale scale) {
        this(low, high, scale, 0, Optional.empty());
    }

    /** Returns a range whose distances are differences. */
    public static Reals linear(double low, double high) {
        return new Reals(low, high, Scale.LINEAR);
    }

    /** Returns a range above 0 whose distances are ratios. */
    public static Reals log(double low, double high) {
        return new Reals(low, high, Scale.LOG);
    }

    /** Returns the values of this range that lie a whole number of steps above its low end. */
    public Reals inSteps(double distance) {
        return new Reals(low, high, scale, distance, normal);
    }

    /** Returns this range with a normal prior, cut at its ends; see {@link Domain.Normal}. */
    public Reals normal(double centre, double deviation) {
        return new Reals(low, high, scale, step, Optional.of(new Normal(centre, deviation)));
    }

    /** Returns a part of this range, with the same steps, from one of its values to another; uniform in its scale. */
    public Reals between(double lowest, double highest) {
        return new Reals(lowest, highest, scale, step, Optional.empty());
    }

    @Override
    public Value sample(RandomStream random) {
        return step == 0 && normal.isEmpty() ? at(random.uniform()) : atShare(random.uniform());
    }

    @Override
    public boolean contains(Value value) {
        return value instanceof Value.Real real
                && real.value() >= low
                && real.value() <= high
                && (step == 0 || real.value() == nearest(real.value()));
    }

    @Override
    public Value shift(Value value, double factor, RandomStream random) {
        double from = number(value);
        double moved =
                scale.fromScale(scale.shifted(scale.toScale(from), factor, scale.toScale(low), scale.toScale(high)));
        Value to = real(moved);
        if (step == 0 || !to.equals(value)) {
            return to;
        }
        double neighbour = factor > 1 ? from + step : from - step;
        return real(neighbour > high + step / 2 ? from - step : neighbour < low - step / 2 ? from + step : neighbour);
    }

    @Override
    public Value walk(Value value, double share, RandomStream random) {
        if (share == 0) {
            return value;
        }
        double from = number(value);
        double position = step == 0 ? 0 : random.uniform();
        Measure measure = measure();
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
        return real(scale.fromScale(start + position * (scale.toScale(high) - start)));
    }

    @Override
    public long size() {
        return step == 0 ? Long.MAX_VALUE : steps() + 1;
    }

    @Override
    public boolean isOrdered() {
        return true;
    }

    @Override
    public boolean canMove() {
        return true;
    }

    private Value atShare(double share) {
        double number = measure().at(share);
        // A value owns what is from it to the next one in a log scale, and what is around it otherwise.
        return real(step == 0 ? number : low + step * StrictMath.floor((number - low) / step));
    }

    private Measure measure() {
        return new Measure(low, high, scale, step, normal);
    }

    private long steps() {
        return StrictMath.round((high - low) / step);
    }

    private static double number(Value value) {
        return ((Value.Real) value).value();
    }

    private Value real(double value) {
        double inside = StrictMath.max(low, StrictMath.min(high, value));
        return new Value.Real(step == 0 ? inside : nearest(inside));
    }

    /** Returns the value next to a number: of a step of 0.1 it is 0.3, and not 0.30000000000000004. */
    private double nearest(double number) {
        long steps = StrictMath.round((number - low) / step);
        return steps >= steps()
                ? high
                : BigDecimal.valueOf(step)
                        .multiply(BigDecimal.valueOf(steps))
                        .add(BigDecimal.valueOf(low))
                        .doubleValue();
    }

    @Override
    public String toString() {
        return Ranges.shown("float", List.of(low, high), scale, step, normal);
    }

    @Override
    public Map<String, Object> plain() {
        return Ranges.spelled("float", List.of(low, high), scale, step, normal);
    }
}
