package org.evolvent.study.internal.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.internal.words.Suggestion;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/** Reads {@code space} and the points in it under {@code initial}. */
final class SpaceReader {
    private static final String EXAMPLE = "{learning_rate: {float: [1.0e-5, 0.1], scale: log}}";
    private static final List<String> KINDS = List.of("float", "int", "choice", "flag");

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
                        .flatMap(fields -> parameter(name, domain, fields))
                        .ifPresent(parameters::add));
        return parameters.size() < mapping.fields().size()
                ? Optional.empty()
                : study.checked(mapping, () -> new SearchSpace(parameters));
    }

    private static Optional<Parameter> parameter(String name, Tree tree, Fields fields) {
        Optional<Domain> domain = Optional.empty();
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() == 1) {
            String kind = kinds.get(0);
            Tree value = fields.take(kind).orElseThrow();
            domain = switch (kind) {
                case "float" -> reals(fields, value);
                case "int" -> ints(fields, value);
                case "choice" -> choice(fields, value);
                default -> flag(fields, value);
            };
            boolean fixed = fields.take("fixed").flatMap(fields::flag).orElse(false);
            fields.finish();
            return domain.flatMap(found -> fields.checked(tree, () -> new Parameter(name, found, fixed)));
        }
        String guess = tree instanceof Tree.Mapping mapping
                ? mapping.fields().keySet().stream()
                        .map(key -> Suggestion.maybe(key, KINDS))
                        .filter(text -> !text.isEmpty() && kinds.isEmpty())
                        .findFirst()
                        .orElse("")
                : "";
        fields.problems().add(Fields.wrong(tree, "a mapping with exactly one of float, int, choice, flag" + guess));
        return Optional.empty();
    }

    private static Optional<Domain> reals(Fields fields, Tree value) {
        Scale scale = scale(fields);
        return range(fields, value, "[0.0, 1.0]")
                .flatMap(ends -> both(fields.number(ends.get(0)), fields.number(ends.get(1))))
                .flatMap(ends -> fields.checked(value, () -> new Reals(ends.get(0), ends.get(1), scale)));
    }

    private static Optional<Domain> ints(Fields fields, Tree value) {
        Scale scale = scale(fields);
        return range(fields, value, "[1, 8]")
                .flatMap(ends -> both(wholeEnd(fields, ends.get(0)), wholeEnd(fields, ends.get(1))))
                .flatMap(ends -> fields.checked(value, () -> new Ints(ends.get(0), ends.get(1), scale)));
    }

    private static Optional<Long> wholeEnd(Fields fields, Tree end) {
        return fields.whole(end, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static Scale scale(Fields fields) {
        Map<String, Scale> scales = new LinkedHashMap<>();
        scales.put("linear", Scale.LINEAR);
        scales.put("log", Scale.LOG);
        return fields.take("scale").flatMap(tree -> fields.word(tree, scales)).orElse(Scale.LINEAR);
    }

    private static Optional<List<Tree>> range(Fields fields, Tree value, String example) {
        if (value instanceof Tree.Listing listing && listing.items().size() == 2) {
            return Optional.of(listing.items());
        }
        fields.problems().add(Fields.wrong(value, "a list of the lowest and the highest value, such as " + example));
        return Optional.empty();
    }

    private static <T> Optional<List<T>> both(Optional<T> low, Optional<T> high) {
        return low.flatMap(first -> high.map(second -> List.of(first, second)));
    }

    private static Optional<Domain> choice(Fields fields, Tree value) {
        boolean ordered = fields.take("ordered").flatMap(fields::flag).orElse(false);
        Optional<List<Tree>> items = fields.items(value, "[32, 64, 128]");
        if (items.isEmpty()) {
            return Optional.empty();
        }
        List<Object> plain = new ArrayList<>();
        for (Tree item : items.get()) {
            if (item instanceof Tree.Scalar scalar && !(scalar.value() instanceof Tree.Empty)) {
                plain.add(scalar.value());
            } else {
                fields.problems().add(Fields.wrong(item, "a text, a number, true or false"));
                return Optional.empty();
            }
        }
        // [0, 0.5, 1] is a list of numbers, not of two integers and a number.
        boolean reals = plain.stream().allMatch(Number.class::isInstance)
                && plain.stream().anyMatch(Double.class::isInstance);
        return fields.checked(
                value,
                () -> new Choice(
                        plain.stream()
                                .map(each -> Value.of(reals ? (Object) ((Number) each).doubleValue() : each))
                                .toList(),
                        ordered));
    }

    private static Optional<Domain> flag(Fields fields, Tree value) {
        if (value instanceof Tree.Scalar scalar && Boolean.TRUE.equals(scalar.value())) {
            return Optional.of(Choice.flag());
        }
        fields.problems().add(Fields.wrong(value, "true (the parameter is then either true or false)"));
        return Optional.empty();
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
