package org.evolvent.core.internal.bandit;

import java.util.List;
import java.util.stream.Stream;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;

/**
 * The parameters of a space that a model can change: neither fixed nor with a single value.
 *
 * @param ordered those whose positions have a meaning
 * @param unordered the categories; all are choices
 */
record Tunable(List<Parameter> ordered, List<Parameter> unordered) {
    static Tunable of(SearchSpace space) {
        List<Parameter> movable =
                space.parameters().stream().filter(Parameter::isMovable).toList();
        return new Tunable(
                movable.stream()
                        .filter(parameter -> parameter.domain().isOrdered())
                        .toList(),
                movable.stream()
                        .filter(parameter -> !parameter.domain().isOrdered())
                        .toList());
    }

    /** Returns all, the categories last. */
    List<Parameter> all() {
        return Stream.concat(ordered.stream(), unordered.stream()).toList();
    }
}
