package org.evolvent.core.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.internal.words.Suggestion;

/** What must be true of a search space before anybody uses it. */
final class SpaceRules {
    private static final int MOST_CONDITIONS = 10;
    private static final int DEEPEST = 3;

    private SpaceRules() {}

    static void check(List<Parameter> parameters, List<Constraint> constraints) {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("The search space is empty but must have at least one parameter");
        }
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (byName.put(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException(
                        "The search space has two parameters named '%s'".formatted(parameter.name()));
            }
        }
        for (Parameter parameter : parameters) {
            if (parameter.when().size() > MOST_CONDITIONS) {
                throw new IllegalArgumentException(
                        "The parameter '%s' depends on %s others but must depend on at most %s"
                                .formatted(parameter.name(), parameter.when().size(), MOST_CONDITIONS));
            }
            parameter.when().forEach((name, values) -> condition(parameter, name, values, byName));
        }
        parameters.forEach(parameter -> nested(parameter, 0, byName));
        constraints.forEach(constraint -> numbers(constraint, byName));
    }

    private static void condition(Parameter parameter, String name, List<Value> values, Map<String, Parameter> byName) {
        Parameter other = byName.get(name);
        if (other == null) {
            throw new IllegalArgumentException("The parameter '%s' depends on '%s', which is none%s"
                    .formatted(parameter.name(), name, Suggestion.maybe(name, byName.keySet())));
        }
        if (!(other.domain() instanceof Choice choice)) {
            throw new IllegalArgumentException(
                    "The parameter '%s' depends on '%s', which is a %s but must be a choice or a flag"
                            .formatted(parameter.name(), name, other.domain()));
        }
        for (Value value : values) {
            if (!choice.contains(value)) {
                throw new IllegalArgumentException(
                        "The parameter '%s' depends on '%s' being %s, which is never so; it is one of %s%s"
                                .formatted(
                                        parameter.name(),
                                        name,
                                        value,
                                        choice.values(),
                                        Suggestion.maybe(
                                                value.toString(),
                                                choice.values().stream()
                                                        .map(Value::toString)
                                                        .toList())));
            }
        }
    }

    private static void nested(Parameter parameter, int level, Map<String, Parameter> byName) {
        if (level > DEEPEST) {
            throw new IllegalArgumentException(
                    "The parameter '%s' depends on itself, or others on it by way of more than %s"
                            .formatted(parameter.name(), DEEPEST));
        }
        byName.values().stream()
                .filter(other -> parameter.when().containsKey(other.name()))
                .forEach(other -> nested(other, level + 1, byName));
    }

    private static void numbers(Constraint constraint, Map<String, Parameter> byName) {
        for (String name : constraint.names()) {
            Parameter parameter = byName.get(name);
            if (parameter == null) {
                String hint = name.contains("-") ? "\nMaybe write a space before the minus?" : "";
                throw new IllegalArgumentException("The constraint '%s' is about '%s', which is no parameter%s"
                        .formatted(constraint, name, hint.isEmpty() ? Suggestion.maybe(name, byName.keySet()) : hint));
            }
            boolean isNumber = !(parameter.domain() instanceof Choice choice)
                    || choice.values().stream()
                            .allMatch(value -> value instanceof Value.Real || value instanceof Value.Int);
            if (!isNumber) {
                throw new IllegalArgumentException(
                        "The constraint '%s' is about '%s', which is a %s but must be a number"
                                .formatted(constraint, name, parameter.domain()));
            }
        }
    }
}
