package org.evolvent.views.internal.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.evolvent.views.internal.view.Standing;

/**
 * What the colours of intervals stand for.
 *
 * @param name {@value #STANDING}, {@value #SCORE} or the name of a hyperparameter
 * @param isHyperparameter whether it is one
 * @param isLog whether equal distances are equal factors
 * @param low what the first colour stands for
 * @param high what the last one stands for
 */
public record Colour(String name, boolean isHyperparameter, boolean isLog, Object low, Object high) {
    static final String STANDING = "standing";
    static final String SCORE = "score";

    /** From so many members on, ranks are noise on a map, and a hyperparameter shows sweeps. */
    private static final int MANY = 100;

    /** Returns all that there are for a study, the default first. */
    static List<Colour> all(History history) {
        List<Colour> all = new ArrayList<>();
        all.add(new Colour(STANDING, false, false, "worst", "best"));
        all.add(score(history));
        int firstLog = -1;
        for (Parameter parameter : history.study().space().parameters()) {
            Colour colour = of(parameter);
            if (firstLog < 0 && colour.isLog()) {
                firstLog = all.size();
            }
            all.add(colour);
        }
        if (history.study().population() >= MANY && all.size() > 2) {
            all.add(0, all.remove(firstLog < 0 ? 2 : firstLog));
        }
        return all;
    }

    private static Colour score(History history) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Interval interval : history.intervals()) {
            if (Double.isFinite(interval.score())) {
                low = Math.min(low, interval.score());
                high = Math.max(high, interval.score());
            }
        }
        boolean isMore = history.study().objective().fitness(1.0)
                > history.study().objective().fitness(0.0);
        return low > high
                ? new Colour(SCORE, false, false, "worst", "best")
                : new Colour(SCORE, false, false, isMore ? low : high, isMore ? high : low);
    }

    private static Colour of(Parameter parameter) {
        Domain domain = parameter.domain();
        if (domain instanceof Reals reals) {
            return new Colour(parameter.name(), true, reals.scale() == Scale.LOG, reals.low(), reals.high());
        }
        if (domain instanceof Ints ints) {
            return new Colour(parameter.name(), true, ints.scale() == Scale.LOG, ints.low(), ints.high());
        }
        List<String> values =
                ((Choice) domain).values().stream().map(Object::toString).toList();
        return new Colour(parameter.name(), true, false, values.get(0), values.get(values.size() - 1));
    }

    /** Returns the value of each interval, by its index, from 0 to 1; NaN where it has none. */
    double[] values(History history) {
        if (name.equals(STANDING) && !isHyperparameter) {
            return Standing.of(history);
        }
        double[] values = new double[history.intervals().size()];
        Arrays.fill(values, Double.NaN);
        if (isHyperparameter) {
            positions(history, values);
        } else if (low instanceof Double worst && high instanceof Double best) {
            for (Interval interval : history.intervals()) {
                if (Double.isFinite(interval.score())) {
                    values[interval.index()] = best.equals(worst) ? 1 : (interval.score() - worst) / (best - worst);
                }
            }
        }
        return values;
    }

    private void positions(History history, double[] values) {
        SearchSpace space = history.study().space();
        for (Parameter parameter : space.parameters()) {
            if (parameter.name().equals(name)) {
                for (Interval interval : history.intervals()) {
                    Hyperparameters own = interval.hyperparameters();
                    if (own.values().containsKey(name)
                            && space.isActive(parameter, own)
                            && parameter.domain().contains(own.get(name))) {
                        values[interval.index()] = parameter.domain().position(own.get(name));
                    }
                }
            }
        }
    }
}
