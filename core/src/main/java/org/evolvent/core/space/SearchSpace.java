package org.evolvent.core.space;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evolvent.core.random.RandomStream;

/**
 * The parameters that a study tunes, in the order of the study file. Immutable.
 *
 * @param parameters at least one, with different names
 */
public record SearchSpace(List<Parameter> parameters) {
    public SearchSpace {
        parameters = List.copyOf(parameters);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("The search space is empty but must have at least one parameter");
        }
        Set<String> names = new LinkedHashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(
                        "The search space has two parameters named '%s'".formatted(parameter.name()));
            }
        }
    }

    /** Returns the space of these parameters. */
    public static SearchSpace of(Parameter... parameters) {
        return new SearchSpace(List.of(parameters));
    }

    /** Draws first hyperparameters: each parameter from its prior, cut to where its first values are. */
    public Hyperparameters sample(RandomStream random) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            values.put(parameter.name(), parameter.first().sample(random));
        }
        return Hyperparameters.of(values);
    }

    /** Tells whether the hyperparameters have exactly the names of this space, each with a value inside its domain. */
    public boolean contains(Hyperparameters hyperparameters) {
        Map<String, Value> values = hyperparameters.values();
        return values.size() == parameters.size()
                && parameters.stream()
                        .allMatch(
                                p -> values.containsKey(p.name()) && p.domain().contains(values.get(p.name())));
    }
}
