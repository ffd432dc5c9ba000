package org.evolvent.views.internal.view;

import java.util.List;
import java.util.Locale;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;

/**
 * The axis of a hyperparameter: its whole domain.
 *
 * @param name the hyperparameter
 * @param kind {@code float}, {@code int} or {@code choice}
 * @param scale how positions are measured: {@code linear}, {@code log}, or {@code discount}, the logarithm of the distance to 1
 * @param low the lowest value of a number; of a choice 0
 * @param high the highest value of a number; of a choice the number of its values, less 1
 * @param levels the values of a choice, as texts, in their order; empty for numbers
 * @param isOrdered whether the order of values means something
 */
public record Axis(
        String name, String kind, String scale, double low, double high, List<String> levels, boolean isOrdered) {
    /** Returns the axes of a space, in its order. */
    static List<Axis> of(SearchSpace space) {
        return space.parameters().stream().map(Axis::of).toList();
    }

    private static Axis of(Parameter parameter) {
        Domain domain = parameter.domain();
        if (domain instanceof Reals reals) {
            return new Axis(parameter.name(), "float", word(reals.scale()), reals.low(), reals.high(), List.of(), true);
        }
        if (domain instanceof Ints ints) {
            return new Axis(parameter.name(), "int", word(ints.scale()), ints.low(), ints.high(), List.of(), true);
        }
        Choice choice = (Choice) domain;
        List<String> levels = choice.values().stream().map(Object::toString).toList();
        return new Axis(
                parameter.name(), "choice", word(Scale.LINEAR), 0, levels.size() - 1.0, levels, choice.ordered());
    }

    private static String word(Scale scale) {
        return scale.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns where a value lies in the domain, from 0 to 1; NaN where it is not active, was not yet a parameter, or is outside.
     */
    static double position(SearchSpace space, Parameter parameter, Hyperparameters hyperparameters) {
        return has(space, parameter, hyperparameters)
                        && parameter.domain().contains(hyperparameters.get(parameter.name()))
                ? parameter.domain().position(hyperparameters.get(parameter.name()))
                : Double.NaN;
    }

    /** Returns whether a hyperparameter has a value and is active. */
    static boolean has(SearchSpace space, Parameter parameter, Hyperparameters hyperparameters) {
        return hyperparameters.values().containsKey(parameter.name()) && space.isActive(parameter, hyperparameters);
    }
}
