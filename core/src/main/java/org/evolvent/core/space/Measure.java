package org.evolvent.core.space;

import java.util.Optional;

/**
 * The prior of a numeric range as shares: how much of it lies below a value, and which value lies at a share. Whatever it is made of, a
 * uniformly distributed share is a draw from the prior.
 *
 * <p>A value of a grid owns a cell of the range, so that all of the range is owned: in a log scale from the value to the next one, and
 * otherwise from half a step below it to half a step above.
 *
 * @param low the lowest value
 * @param high the highest value
 * @param scale of the range
 * @param step of the grid, whose last value is the highest; 0 where every number is a value
 * @param normal the prior in the scale, cut at the ends of the range; uniform in the scale where there is none
 */
record Measure(double low, double high, Scale scale, double step, Optional<Domain.Normal> normal) {
    /** Returns the share of the prior below a value and all of its cell. */
    double below(double value) {
        return share(edge(value));
    }

    /** Returns the share of the prior below the end of a value's cell: the same as {@link #below} where every number is a value. */
    double through(double value) {
        return share(step == 0 ? scale.toScale(value) : edge(value + step));
    }

    /** Returns the number at a share from 0 to 1; of a grid, one from the value whose cell it is to the next. */
    double at(double share) {
        double first = edge(low);
        double last = edge(high + step);
        double scaled = distribution()
                .map(distribution -> distribution.quantile(share, first, last))
                .orElse(first + share * (last - first));
        double number = scale.fromScale(scaled);
        return step == 0 || scale == Scale.LOG ? number : number + step / 2;
    }

    private double share(double scaled) {
        double first = edge(low);
        double last = edge(high + step);
        double share = distribution()
                .map(distribution -> {
                    double from = distribution.below(first);
                    return (distribution.below(scaled) - from) / (distribution.below(last) - from);
                })
                .orElse((scaled - first) / (last - first));
        return StrictMath.max(0, StrictMath.min(1, share));
    }

    /** Returns where the cell of a value begins, in the scale. */
    private double edge(double value) {
        return scale.toScale(step == 0 || scale == Scale.LOG ? value : value - step / 2);
    }

    private Optional<NormalDistribution> distribution() {
        return normal.map(it -> new NormalDistribution(scale.toScale(it.centre()), it.deviation()));
    }

    /**
     * Moves a share and reflects it at the ends, so that uniformly distributed shares stay uniformly distributed as long as up and down
     * are equally likely.
     *
     * @param below the least share of the value that moves
     * @param through the largest; the value is anywhere between, with the same probability
     * @param by from minus to plus any finite number
     * @param position where between, from 0 to 1
     */
    static double walked(double below, double through, double by, double position) {
        double moved = below + position * (through - below) + by;
        // The line is folded at every whole number.
        double folded = moved - 2 * StrictMath.floor(moved / 2);
        return folded <= 1 ? folded : 2 - folded;
    }
}
