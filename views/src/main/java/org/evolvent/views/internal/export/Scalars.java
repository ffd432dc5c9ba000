package org.evolvent.views.internal.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/** Hyperparameters as numbers, for tools that draw curves. */
final class Scalars {
    private Scalars() {}

    /**
     * Returns the active hyperparameters by name: numbers as they are, false and true as 0 and 1, other choices as their place in the list
     * of choices, from 0. What is not among the choices any more, since the study was changed, is left out.
     */
    static Map<String, Double> of(SearchSpace space, Hyperparameters hyperparameters) {
        Map<String, Value> values = space.active(hyperparameters).values();
        Map<String, Double> scalars = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            Optional.ofNullable(values.get(parameter.name()))
                    .flatMap(value -> scalar(parameter, value))
                    .ifPresent(scalar -> scalars.put(parameter.name(), scalar));
        }
        return scalars;
    }

    private static Optional<Double> scalar(Parameter parameter, Value value) {
        if (value instanceof Value.Real real) {
            return Optional.of(real.value());
        }
        if (value instanceof Value.Int integer) {
            return Optional.of((double) integer.value());
        }
        if (value instanceof Value.Flag flag) {
            return Optional.of(flag.value() ? 1.0 : 0.0);
        }
        return parameter.domain() instanceof Choice choice && choice.contains(value)
                ? Optional.of((double) choice.values().indexOf(value))
                : Optional.empty();
    }
}
