package org.evolvent.core.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.random.RandomStream;

/**
 * The parameters that a study tunes, in the order of the study file, and what must hold between them. Immutable.
 *
 * <p>A parameter with a condition ({@link Parameter#when}) is active only where other parameters have certain values. One that is not
 * keeps its value, which nobody sees or changes until it is active again.
 *
 * @param parameters at least one, with different names
 * @param constraints each about numbers, and together held by some of the space. One does not bind where a parameter of it is not active
 */
public record SearchSpace(List<Parameter> parameters, List<Constraint> constraints) {
    private static final int MOST_DRAWS = 100_000;

    public SearchSpace {
        parameters = List.copyOf(parameters);
        constraints = List.copyOf(constraints);
        SpaceRules.check(parameters, constraints);
    }

    /** Creates one in which all combinations are allowed. */
    public SearchSpace(List<Parameter> parameters) {
        this(parameters, List.of());
    }

    /** Returns the space of these parameters. */
    public static SearchSpace of(Parameter... parameters) {
        return new SearchSpace(List.of(parameters));
    }

    /** Returns this space with constraints. */
    public SearchSpace constrained(Constraint... more) {
        return new SearchSpace(parameters, List.of(more));
    }

    /**
     * Draws first hyperparameters: each parameter from its prior, cut to where its first values are, again until the constraints hold.
     *
     * @throws IllegalArgumentException when they hold for none of 100,000 draws
     */
    public Hyperparameters sample(RandomStream random) {
        return sample(random, Hyperparameters.of(Map.of()));
    }

    /**
     * Completes hyperparameters of which some are given: draws the others.
     *
     * @param given values of some parameters or all, each inside its domain
     * @throws IllegalArgumentException when the constraints hold for none of 100,000 draws
     */
    public Hyperparameters sample(RandomStream random, Hyperparameters given) {
        Map<String, Value> fixed = given.values();
        for (int i = 0; i < MOST_DRAWS; i++) {
            Map<String, Value> values = new LinkedHashMap<>();
            for (Parameter parameter : parameters) {
                Value drawn = parameter.first().sample(random);
                values.put(parameter.name(), fixed.getOrDefault(parameter.name(), drawn));
            }
            Hyperparameters drawn = Hyperparameters.of(values);
            if (allows(drawn)) {
                return drawn;
            }
        }
        throw new IllegalArgumentException(
                "The constraints %s hold for none of %s draws from the space%s.\nMaybe make a range smaller, or leave one out?"
                        .formatted(constraints, MOST_DRAWS, fixed.isEmpty() ? "" : " with " + given));
    }

    /** Tells whether the hyperparameters have exactly the names of this space, each with a value inside its domain, and the constraints hold. */
    public boolean contains(Hyperparameters hyperparameters) {
        Map<String, Value> values = hyperparameters.values();
        return values.size() == parameters.size()
                && parameters.stream()
                        .allMatch(
                                p -> values.containsKey(p.name()) && p.domain().contains(values.get(p.name())))
                && allows(hyperparameters);
    }

    /** Tells whether hyperparameters have only names of this space, each with a value inside its domain, and when they have all, the constraints hold. */
    public boolean containsPart(Hyperparameters some) {
        Map<String, Value> values = some.values();
        long known = parameters.stream()
                .filter(p -> values.containsKey(p.name()) && p.domain().contains(values.get(p.name())))
                .count();
        return known == values.size() && (known < parameters.size() || allows(some));
    }

    /** Tells whether hyperparameters whose values are inside their domains hold the constraints. */
    public boolean allows(Hyperparameters hyperparameters) {
        return broken(hyperparameters).isEmpty();
    }

    /** Returns a constraint that hyperparameters break whose values are inside their domains. */
    public Optional<Constraint> broken(Hyperparameters hyperparameters) {
        if (constraints.isEmpty()) {
            return Optional.empty();
        }
        return constraints.stream()
                .filter(constraint ->
                        constraint.names().stream().allMatch(name -> isActive(parameter(name), hyperparameters)))
                .filter(constraint -> !constraint.holds(hyperparameters))
                .findFirst();
    }

    /** Tells whether a parameter of this space is active: its condition holds, and those of all that it asks for. */
    public boolean isActive(Parameter parameter, Hyperparameters hyperparameters) {
        return parameter.when().entrySet().stream()
                .allMatch(condition -> condition.getValue().contains(hyperparameters.get(condition.getKey()))
                        && isActive(parameter(condition.getKey()), hyperparameters));
    }

    /** Returns what trainers see: the values of those that are active. */
    public Hyperparameters active(Hyperparameters hyperparameters) {
        if (!isConditional()) {
            return hyperparameters;
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (isActive(parameter, hyperparameters)) {
                values.put(parameter.name(), hyperparameters.get(parameter.name()));
            }
        }
        return Hyperparameters.of(values);
    }

    /** Returns whether any parameter has a condition. */
    public boolean isConditional() {
        for (Parameter parameter : parameters) {
            if (!parameter.when().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private Parameter parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
