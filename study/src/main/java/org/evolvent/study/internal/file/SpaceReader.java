package org.evolvent.study.internal.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.jspecify.annotations.Nullable;

/** Reads {@code space}, its {@code constraints} and the points in it under {@code initial}. */
final class SpaceReader {
    private static final String EXAMPLE = "{learning_rate: {float: [1.0e-5, 0.1], scale: log}}";

    private static final String CONSTRAINTS = "constraints";

    /** In a point of {@code initial}: a directory with weights. */
    private static final String CHECKPOINT = "checkpoint";

    private SpaceReader() {}

    /** Returns the search space; empty when it has a problem. */
    static Optional<SearchSpace> space(Fields study) {
        Optional<Tree> tree = study.require("space", EXAMPLE);
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        if (!(tree.get() instanceof Tree.Mapping mapping)) {
            study.problems().add(Fields.wrong(tree.get(), "a mapping such as " + EXAMPLE));
            return Optional.empty();
        }
        List<Parameter> parameters = new ArrayList<>();
        mapping.fields()
                .forEach((name, domain) -> Fields.of(domain, "{float: [0.0, 1.0]}", study.problems())
                        .flatMap(fields -> new ParameterReader(name, domain, fields).read())
                        .ifPresent(parameters::add));
        List<Constraint> constraints = constraints(study);
        Optional<SearchSpace> space = parameters.size() < mapping.fields().size()
                ? Optional.empty()
                : study.checked(mapping, () -> new SearchSpace(meant(parameters)));
        return space.flatMap(all -> constrained(study, all, constraints));
    }

    /** A condition that says 1 of a choice of numbers means its 1.0. */
    private static List<Parameter> meant(List<Parameter> parameters) {
        Map<String, Domain> domains = new LinkedHashMap<>();
        parameters.forEach(parameter -> domains.put(parameter.name(), parameter.domain()));
        List<Parameter> meant = new ArrayList<>();
        for (Parameter parameter : parameters) {
            Parameter next = parameter;
            for (Map.Entry<String, List<Value>> condition : parameter.when().entrySet()) {
                Domain domain = domains.get(condition.getKey());
                if (domain != null) {
                    next = next.onlyWhen(
                            condition.getKey(),
                            condition.getValue().stream()
                                    .map(value -> meant(value, domain))
                                    .toList());
                }
            }
            meant.add(next);
        }
        return meant;
    }

    private static Value meant(Value value, Domain domain) {
        if (value instanceof Value.Int whole) {
            Value real = new Value.Real(whole.value());
            return domain.contains(real) ? real : value;
        }
        return value;
    }

    private static List<Constraint> constraints(Fields study) {
        List<Constraint> constraints = new ArrayList<>();
        study.take(CONSTRAINTS)
                .flatMap(tree -> study.items(tree, "[minibatch <= batch]"))
                .ifPresent(items -> items.forEach(item -> study.text(item)
                        .flatMap(text -> study.checked(item, () -> Constraint.of(text)))
                        .ifPresent(constraints::add)));
        return constraints;
    }

    /** A constraint that nothing fulfils is found before anything starts. */
    private static Optional<SearchSpace> constrained(Fields study, SearchSpace space, List<Constraint> constraints) {
        if (constraints.isEmpty()) {
            return Optional.of(space);
        }
        return study.checked(study.take(CONSTRAINTS).orElseThrow(), () -> {
            SearchSpace constrained = new SearchSpace(space.parameters(), constraints);
            constrained.sample(new RandomStream(0));
            return constrained;
        });
    }

    /**
     * What first members begin with.
     *
     * @param points their hyperparameters, all or some; those with problems are left out
     * @param checkpoints the directories with the weights of those that have some, by index
     */
    record Initial(List<Hyperparameters> points, Map<Integer, Path> checkpoints) {}

    /**
     * Returns what the first members begin with.
     *
     * @param base where relative paths begin
     */
    static Initial initial(Fields study, Optional<SearchSpace> space, Path base) {
        List<Hyperparameters> points = new ArrayList<>();
        Map<Integer, Path> checkpoints = new LinkedHashMap<>();
        study.take("initial")
                .flatMap(tree -> study.items(tree, "[{learning_rate: 0.001}]"))
                .ifPresent(items -> items.forEach(item -> Fields.of(item, "{learning_rate: 0.001}", study.problems())
                        .ifPresent(fields -> space.ifPresent(known -> {
                            checkpoint(fields, known)
                                    .map(path -> base.resolve(path).normalize())
                                    .ifPresent(path -> checkpoints.put(points.size(), path));
                            given(fields, known).ifPresent(points::add);
                        }))));
        return new Initial(points, checkpoints);
    }

    /** A parameter of that name comes first: there were such studies before there were checkpoints here. */
    private static Optional<String> checkpoint(Fields fields, SearchSpace space) {
        boolean isParameter = space.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(CHECKPOINT));
        return isParameter ? Optional.empty() : fields.take(CHECKPOINT).flatMap(fields::text);
    }

    /** Returns hyperparameters with some names of a space, each inside its domain; some draw of the others must hold the constraints. */
    private static Optional<Hyperparameters> given(Fields fields, SearchSpace space) {
        int before = fields.problems().size();
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            fields.take(parameter.name()).ifPresent(tree -> value(fields, tree, parameter, values));
        }
        fields.finish();
        if (fields.problems().size() > before) {
            return Optional.empty();
        }
        Hyperparameters given = Hyperparameters.of(values);
        return values.size() == space.parameters().size()
                ? allowed(fields, given, space)
                : fields.checked(fields.tree(), () -> {
                    space.sample(new RandomStream(0), given);
                    return given;
                });
    }

    /** Returns hyperparameters with exactly the names of a space, each inside its domain. */
    static Optional<Hyperparameters> point(Fields fields, SearchSpace space) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            fields.require(parameter.name(), "a value of " + parameter.domain())
                    .ifPresent(tree -> value(fields, tree, parameter, values));
        }
        fields.finish();
        if (values.size() < space.parameters().size()) {
            return Optional.empty();
        }
        return allowed(fields, Hyperparameters.of(values), space);
    }

    private static void value(Fields fields, Tree tree, Parameter parameter, Map<String, Value> values) {
        value(tree, parameter.domain())
                .ifPresentOrElse(
                        found -> values.put(parameter.name(), found),
                        () -> fields.problems().add(Fields.wrong(tree, "a value of " + parameter.domain())));
    }

    private static Optional<Hyperparameters> allowed(Fields fields, Hyperparameters point, SearchSpace space) {
        space.broken(point)
                .ifPresent(constraint -> fields.problems()
                        .add(Fields.wrong(fields.tree(), "hyperparameters of which '%s' holds".formatted(constraint))));
        return Optional.of(point).filter(space::allows);
    }

    private static Optional<Value> value(Tree tree, Domain domain) {
        Object plain = json(tree);
        if (plain instanceof Number number) {
            if (!Double.isFinite(number.doubleValue())) {
                return Optional.empty();
            }
            Value real = new Value.Real(number.doubleValue());
            if (domain.contains(real)) {
                return Optional.of(real);
            }
        }
        try {
            return Optional.of(Value.of(plain)).filter(domain::contains);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Nested too deep, or not finite somewhere in it.
        }
    }

    /** Returns what a value is in JSON: an empty one is null. */
    static @Nullable Object json(Tree tree) {
        if (tree instanceof Tree.Listing listing) {
            List<@Nullable Object> list = new ArrayList<>();
            listing.items().forEach(item -> list.add(json(item)));
            return list;
        }
        if (tree instanceof Tree.Mapping mapping) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            mapping.fields().forEach((key, value) -> map.put(key, json(value)));
            return map;
        }
        Object value = ((Tree.Scalar) tree).value();
        return value instanceof Tree.Empty ? null : value;
    }
}
