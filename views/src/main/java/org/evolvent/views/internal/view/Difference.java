package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.views.internal.history.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A hyperparameter that a decision changed.
 *
 * @param name the hyperparameter
 * @param before its value before, as the log has it; null where it was not active
 * @param after its value after; null where it is not active
 * @param factor by which a number was multiplied, where that explains something: from 0.5 to 2; null elsewhere
 */
public record Difference(
        String name,
        @Nullable Object before,
        @Nullable Object after,
        @Nullable Double factor) {
    private static final double LARGEST = 2;

    /** Returns what a turn changed, in the order of the space. */
    static List<Difference> of(SearchSpace space, Turn turn) {
        Map<String, Object> before = plain(space, turn.before());
        Map<String, Object> after = plain(space, turn.after());
        List<Difference> differences = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            Object from = before.get(parameter.name());
            Object to = after.get(parameter.name());
            if (!Objects.equals(from, to)) {
                differences.add(new Difference(parameter.name(), from, to, factor(parameter, from, to)));
            }
        }
        return differences;
    }

    private static Map<String, Object> plain(SearchSpace space, Hyperparameters hyperparameters) {
        return space.active(hyperparameters).plain();
    }

    private static @Nullable Double factor(Parameter parameter, @Nullable Object from, @Nullable Object to) {
        if (parameter.domain() instanceof Choice
                || !(from instanceof Number before)
                || !(to instanceof Number after)
                || before.doubleValue() == 0) {
            return null;
        }
        double factor = after.doubleValue() / before.doubleValue();
        return factor >= 1 / LARGEST && factor <= LARGEST ? Double.valueOf(factor) : null;
    }
}
