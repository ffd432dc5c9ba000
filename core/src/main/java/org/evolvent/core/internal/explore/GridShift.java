package org.evolvent.core.internal.explore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;

/**
 * Shifts each parameter that is not fixed by 0 to a few levels of a grid, up or down with equal probability, and clips at its ends. After
 * population based augmentation (Ho et al. 2019, arXiv 1905.05393, and its code), which shifts by 0 to 3 of 10 levels and resamples with
 * probability 0.2 before ({@link Resample}); MO-PBT does the same.
 *
 * <p>The levels are evenly spaced in the domain's scale, from end to end; integers and ordered choices with fewer values have as many
 * levels as values. Deviations: see {@link #DESCRIPTOR}.
 *
 * @param levels at least 2; 10 by default
 * @param most the largest shift, at least 1; 3 by default
 */
public record GridShift(int levels, int most) implements Explore {
    private static final Option<Integer> LEVELS =
            new Option<>("levels", OptionType.integer(2), 10, "the levels of each domain");
    private static final Option<Integer> MOST = new Option<>("most", OptionType.integer(1), 3, "the largest move");

    /** What there is to know about it. */
    public static final Descriptor<Explore> DESCRIPTOR = Descriptor.<Explore>of(
                    "shift",
                    "Each moves some levels on a grid.",
                    "PBA, Ho et al. 2019",
                    List.of(LEVELS, MOST),
                    options -> new GridShift(options.get(LEVELS), options.get(MOST)))
            .deviating(
                    "A value between two levels goes to the nearest first, and unordered choices, which neither paper has, are drawn anew.");

    public GridShift {
        LEVELS.require(levels);
        MOST.require(most);
    }

    /** Returns the operator with the default levels and largest move. */
    public static GridShift standard() {
        return new GridShift(LEVELS.byDefault(), MOST.byDefault());
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        Hyperparameters inherited = handover.inherited();
        Map<String, Value> values = new LinkedHashMap<>(inherited.values());
        for (Parameter parameter : handover.space().parameters()) {
            if (parameter.isMovable()) {
                values.put(parameter.name(), shifted(inherited.get(parameter.name()), parameter.domain(), random));
            }
        }
        return new Exploration(
                Hyperparameters.of(values),
                "Each parameter shifts by up to %s of %s levels".formatted(most, levels),
                Evidence.NONE.with("levels", levels).with("most", most));
    }

    private Value shifted(Value value, Domain domain, RandomStream random) {
        if (!domain.isOrdered()) {
            return domain.sample(random);
        }
        int amount = random.index(most + 1);
        int shift = random.chance(0.5) ? amount : -amount;
        if (shift == 0) {
            return value;
        }
        int last = (int) StrictMath.min(levels, domain.size()) - 1;
        long from = StrictMath.round(domain.position(value) * last);
        long to = StrictMath.max(0, StrictMath.min(last, from + shift));
        return domain.at((double) to / last);
    }
}
