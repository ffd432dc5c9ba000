package org.evolvent.core.internal.audit;

import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/** Says which hyperparameter is outside its domain. */
final class Bounds {
    private Bounds() {}

    /** Returns what is wrong with hyperparameters of a space; empty when all are inside, with the right types and names. */
    static Optional<Difference> broken(SearchSpace space, Hyperparameters hyperparameters, String of) {
        if (space.contains(hyperparameters)) {
            return Optional.empty();
        }
        Map<String, Value> values = hyperparameters.values();
        for (Parameter parameter : space.parameters()) {
            Value value = values.get(parameter.name());
            if (value == null || !parameter.domain().contains(value)) {
                return Optional.of(new Difference(
                        "%s %s".formatted(parameter.name(), of),
                        value == null
                                ? "nothing"
                                : "%s (%s)".formatted(value, value.getClass().getSimpleName()),
                        parameter.domain().toString(),
                        false));
            }
        }
        if (values.size() == space.parameters().size()) {
            return space.broken(hyperparameters)
                    .map(constraint -> new Difference(
                            "the hyperparameters " + of, hyperparameters.toString(), constraint.toString(), false));
        }
        return Optional.of(new Difference(
                "the hyperparameters " + of,
                values.keySet().toString(),
                space.parameters().stream().map(Parameter::name).toList().toString(),
                false));
    }
}
