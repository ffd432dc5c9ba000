package org.evolvent.study.internal.guard;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.evolvent.core.population.MemberId;

/**
 * How much a score might differ if the same weights were evaluated again: a standard deviation, learnt from the results of members that go on
 * with weights of their own. Too large rather than too small, as whatever progress is uneven counts as noise. Not thread-safe.
 *
 * <p>It is the smaller one of two: what most changes from a result to the next are below, and what most changes of that change are below,
 * which even progress does not enlarge. Of normal noise with a standard deviation s, these have the standard deviations s√2 and s√6.
 */
final class ScoreNoise {
    private static final int FEWEST = 8;
    private static final int REMEMBERED = 256;

    /** So many of all are below the quantile that is looked at, and where it is in a normal distribution, of the absolute value. */
    private static final double SHARE = 0.9;

    private static final double QUANTILE = 1.645;

    /** Few values may all be small by chance: the estimate is raised by this over the square root of their number. */
    private static final double CAUTION = 4;

    private final ArrayDeque<Double> changes = new ArrayDeque<>();
    private final ArrayDeque<Double> bends = new ArrayDeque<>();
    private final Map<MemberId, Run> runs = new HashMap<>();

    /** The last result of a member, and the change before it, which is NaN after a single one. */
    private record Run(double last, double change) {}

    /** Takes the next result of a member that goes on with its own weights. */
    void goesOn(MemberId member, double fitness) {
        Run before = runs.get(member);
        if (before == null) {
            begins(member, fitness);
            return;
        }
        double change = fitness - before.last();
        add(changes, change);
        if (!Double.isNaN(before.change())) {
            add(bends, change - before.change());
        }
        runs.put(member, new Run(fitness, change));
    }

    /** Takes a result that has nothing to do with the member's last one. */
    void begins(MemberId member, double fitness) {
        runs.put(member, new Run(fitness, Double.NaN));
    }

    /** Returns the standard deviation, at least 0; empty while too little is known. */
    OptionalDouble deviation() {
        OptionalDouble ofChanges = below(changes, StrictMath.sqrt(2));
        OptionalDouble ofBends = below(bends, StrictMath.sqrt(6));
        return ofBends.isPresent() && ofBends.getAsDouble() < ofChanges.orElse(Double.POSITIVE_INFINITY)
                ? ofBends
                : ofChanges;
    }

    private static void add(ArrayDeque<Double> values, double value) {
        if (values.size() == REMEMBERED) {
            values.removeFirst();
        }
        values.addLast(Math.abs(value));
    }

    private static OptionalDouble below(ArrayDeque<Double> values, double factor) {
        if (values.size() < FEWEST) {
            return OptionalDouble.empty();
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return OptionalDouble.of(sorted[(int) Math.ceil(SHARE * sorted.length) - 1]
                / QUANTILE
                / factor
                * (1 + CAUTION / StrictMath.sqrt(sorted.length)));
    }
}
