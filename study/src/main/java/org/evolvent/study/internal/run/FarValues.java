package org.evolvent.study.internal.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/** Values that should make a difference to others. */
final class FarValues {
    private FarValues() {}

    /** Returns another value for each hyperparameter that may change beside these, on the other side of its domain. */
    static Map<String, Value> of(SearchSpace space, Hyperparameters first) {
        Map<String, Value> far = new LinkedHashMap<>();
        Hyperparameters moved = first;
        for (Parameter parameter : space.parameters()) {
            String name = parameter.name();
            if (parameter.isMovable() && space.isActive(parameter, first)) {
                Hyperparameters next = moved.with(name, of(first.get(name), parameter.domain()));
                if (space.allows(next)) {
                    far.put(name, next.get(name));
                    moved = next;
                }
            }
        }
        return far;
    }

    private static Value of(Value value, Domain domain) {
        Value other = domain.at(domain.position(value) < 0.5 ? 0.9 : 0.1);
        RandomStream random = new RandomStream(1);
        while (other.equals(value)) {
            other = domain.sample(random);
        }
        return other;
    }

    /** Returns the hyperparameters that may change, but not beside these. */
    static List<String> inactive(SearchSpace space, Hyperparameters first) {
        return space.parameters().stream()
                .filter(parameter -> parameter.isMovable() && !space.isActive(parameter, first))
                .map(Parameter::name)
                .toList();
    }
}
