package org.evolvent.study.internal.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/** Reads {@code space} and the points in it under {@code initial}. */
final class SpaceReader {
    private static final String EXAMPLE = "{learning_rate: {float: [1.0e-5, 0.1], scale: log}}";

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
        return parameters.size() < mapping.fields().size()
                ? Optional.empty()
                : study.checked(mapping, () -> new SearchSpace(parameters));
    }

    /** Returns the hyperparameters that the first members begin with; those with problems are left out. */
    static List<Hyperparameters> initial(Fields study, Optional<SearchSpace> space) {
        List<Hyperparameters> points = new ArrayList<>();
        study.take("initial")
                .flatMap(tree -> study.items(tree, "[{learning_rate: 0.001}]"))
                .ifPresent(items -> items.forEach(item -> Fields.of(item, "{learning_rate: 0.001}", study.problems())
                        .flatMap(fields -> space.flatMap(known -> point(fields, known)))
                        .ifPresent(points::add)));
        return points;
    }

    /** Returns hyperparameters with exactly the names of a space, each inside its domain. */
    static Optional<Hyperparameters> point(Fields fields, SearchSpace space) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            fields.require(parameter.name(), "a value of " + parameter.domain()).ifPresent(tree -> {
                Optional<Value> value = value(tree, parameter.domain());
                value.ifPresentOrElse(
                        found -> values.put(parameter.name(), found),
                        () -> fields.problems().add(Fields.wrong(tree, "a value of " + parameter.domain())));
            });
        }
        fields.finish();
        return values.size() == space.parameters().size() ? Optional.of(Hyperparameters.of(values)) : Optional.empty();
    }

    private static Optional<Value> value(Tree tree, Domain domain) {
        if (!(tree instanceof Tree.Scalar scalar) || scalar.value() instanceof Tree.Empty) {
            return Optional.empty();
        }
        Object plain = scalar.value();
        if (plain instanceof Number number) {
            if (!Double.isFinite(number.doubleValue())) {
                return Optional.empty();
            }
            Value real = new Value.Real(number.doubleValue());
            if (domain.contains(real)) {
                return Optional.of(real);
            }
        }
        return Optional.of(Value.of(plain)).filter(domain::contains);
    }
}
