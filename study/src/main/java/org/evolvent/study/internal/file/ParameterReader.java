package org.evolvent.study.internal.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.evolvent.core.internal.words.Suggestion;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Domain.Normal;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Parameter.Moves;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.Value;
import org.jspecify.annotations.Nullable;

/** Reads one parameter of {@code space}. Belongs to one reading. */
final class ParameterReader {
    private static final List<String> KINDS = List.of("float", "int", "choice", "flag");
    private static final Map<String, Scale> SCALES = scales();

    private final String name;
    private final Tree tree;
    private final Fields fields;

    ParameterReader(String name, Tree tree, Fields fields) {
        this.name = name;
        this.tree = tree;
        this.fields = fields;
    }

    private static Map<String, Scale> scales() {
        Map<String, Scale> scales = new LinkedHashMap<>();
        scales.put("linear", Scale.LINEAR);
        scales.put("log", Scale.LOG);
        scales.put("discount", Scale.DISCOUNT);
        return scales;
    }

    /** Returns the parameter; empty when it has a problem. */
    Optional<Parameter> read() {
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() != 1) {
            fields.problems()
                    .add(Fields.wrong(tree, "a mapping with exactly one of float, int, choice, flag" + guess(kinds)));
            return Optional.empty();
        }
        int problems = fields.problems().size();
        String kind = kinds.get(0);
        Tree value = fields.take(kind).orElseThrow();
        Optional<Domain> domain = switch (kind) {
            case "float" -> reals(value);
            case "int" -> ints(value);
            case "choice" -> choice(value);
            default -> flag(value);
        };
        boolean fixed = fields.take("fixed").flatMap(fields::flag).orElse(false);
        Optional<Moves> moves = moves(domain.map(Domain::isOrdered).orElse(true));
        Optional<Domain> first = domain.flatMap(this::first);
        Map<String, List<Value>> when = when();
        fields.finish();
        if (domain.isEmpty() || moves.isEmpty() || fields.problems().size() > problems) {
            return Optional.empty();
        }
        return fields.checked(tree, () -> new Parameter(name, domain.get(), fixed, moves.get(), first, when));
    }

    private String guess(List<String> kinds) {
        return tree instanceof Tree.Mapping mapping
                ? mapping.fields().keySet().stream()
                        .map(key -> Suggestion.maybe(key, KINDS))
                        .filter(text -> !text.isEmpty() && kinds.isEmpty())
                        .findFirst()
                        .orElse("")
                : "";
    }

    private Optional<Domain> reals(Tree value) {
        Scale scale = scale();
        Optional<Normal> normal = normal();
        Optional<Tree> step = fields.take("step");
        Optional<Double> distance = step.flatMap(fields::number);
        return numbers(value, "[0.0, 1.0]")
                .flatMap(ends -> fields.checked(value, () -> {
                    Reals range = new Reals(ends.get(0), ends.get(1), scale);
                    return normal.map(it -> range.normal(it.centre(), it.deviation()))
                            .orElse(range);
                }))
                .flatMap(range -> step.isEmpty()
                        ? Optional.of(range)
                        : distance.flatMap(by -> fields.checked(step.get(), () -> range.inSteps(positive(by)))));
    }

    private Optional<Domain> ints(Tree value) {
        Scale scale = scale();
        Optional<Normal> normal = normal();
        Optional<Tree> step = fields.take("step");
        Optional<Long> distance = step.flatMap(it -> fields.whole(it, 1, Long.MAX_VALUE));
        return wholes(value, "[1, 8]")
                .flatMap(ends -> fields.checked(value, () -> {
                    Ints range = new Ints(ends.get(0), ends.get(1), scale);
                    return normal.map(it -> range.normal(it.centre(), it.deviation()))
                            .orElse(range);
                }))
                .flatMap(range -> step.isEmpty()
                        ? Optional.of(range)
                        : distance.flatMap(by -> fields.checked(step.get(), () -> range.inSteps(by))));
    }

    /** A step of 0 means none to the domain, and nothing in a study file. */
    private static double positive(double step) {
        if (step <= 0) {
            throw new IllegalArgumentException("The step is %s but must be above 0".formatted(step));
        }
        return step;
    }

    private Optional<List<Double>> numbers(Tree value, String example) {
        return range(value, example).flatMap(ends -> both(fields.number(ends.get(0)), fields.number(ends.get(1))));
    }

    private Optional<List<Long>> wholes(Tree value, String example) {
        return range(value, example).flatMap(ends -> both(whole(ends.get(0)), whole(ends.get(1))));
    }

    private Optional<Long> whole(Tree end) {
        return fields.whole(end, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private Scale scale() {
        return fields.take("scale").flatMap(word -> fields.word(word, SCALES)).orElse(Scale.LINEAR);
    }

    private Optional<Normal> normal() {
        return fields.take("normal")
                .flatMap(value -> {
                    if (value instanceof Tree.Listing listing && listing.items().size() == 2) {
                        return both(
                                fields.number(listing.items().get(0)),
                                fields.number(listing.items().get(1)));
                    }
                    fields.problems()
                            .add(Fields.wrong(
                                    value, "a list of the middle and the standard deviation, such as [0.5, 0.1]"));
                    return Optional.empty();
                })
                .map(pair -> new Normal(pair.get(0), pair.get(1)));
    }

    private Optional<List<Tree>> range(Tree value, String example) {
        if (value instanceof Tree.Listing listing && listing.items().size() == 2) {
            return Optional.of(listing.items());
        }
        fields.problems().add(Fields.wrong(value, "a list of the lowest and the highest value, such as " + example));
        return Optional.empty();
    }

    private static <T> Optional<List<T>> both(Optional<T> low, Optional<T> high) {
        return low.flatMap(first -> high.map(second -> List.of(first, second)));
    }

    /** Returns where first values are drawn; with a problem, empty. */
    private Optional<Domain> first(Domain domain) {
        if (domain instanceof Choice) {
            return Optional.empty();
        }
        return fields.take("init").flatMap(value -> {
            if (domain instanceof Reals reals) {
                return numbers(value, "[0.1, 0.2]")
                        .flatMap(ends -> fields.checked(value, () -> reals.between(ends.get(0), ends.get(1))));
            }
            Ints ints = (Ints) domain;
            return wholes(value, "[2, 4]")
                    .flatMap(ends -> fields.checked(value, () -> ints.between(ends.get(0), ends.get(1))));
        });
    }

    /** Returns the values that other parameters must have, by name. */
    private Map<String, List<Value>> when() {
        Map<String, List<Value>> conditions = new LinkedHashMap<>();
        fields.take("when")
                .flatMap(value -> Fields.of(value, "{optimizer: [adam]}", fields.problems()))
                .ifPresent(each -> {
                    if (each.keys().isEmpty()) {
                        fields.problems().add(Fields.wrong(each.tree(), "a mapping such as {optimizer: [adam]}"));
                    }
                    for (String other : each.keys()) {
                        Tree values = each.take(other).orElseThrow();
                        List<Value> known = new ArrayList<>();
                        for (Tree item : fields.items(values, "[adam]").orElse(List.of())) {
                            fields.checked(item, () -> Value.of(SpaceReader.json(item)))
                                    .ifPresent(known::add);
                        }
                        if (known.isEmpty()) {
                            fields.problems().add(Fields.wrong(values, "a list of at least one value, such as [adam]"));
                        }
                        conditions.put(other, known);
                    }
                });
        return conditions;
    }

    /** Steps have a size where values have neighbours. */
    private Optional<Moves> moves(boolean steps) {
        Optional<List<Double>> factors = steps ? fields.take("factors").flatMap(this::factors) : Optional.empty();
        OptionalDouble size = steps ? number("size") : OptionalDouble.empty();
        OptionalDouble change = number("change");
        OptionalDouble resample = number("resample");
        return fields.checked(tree, () -> new Moves(factors.orElse(List.of()), size, change, resample));
    }

    private OptionalDouble number(String key) {
        return fields.take(key).flatMap(fields::number).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private Optional<List<Double>> factors(Tree value) {
        return fields.items(value, "[0.8, 1.25]").map(items -> {
            List<Double> factors = new ArrayList<>();
            items.forEach(item -> fields.number(item).ifPresent(factors::add));
            if (factors.isEmpty()) {
                fields.problems().add(Fields.wrong(value, "a list of at least one number, such as [0.8, 1.25]"));
            }
            return factors;
        });
    }

    private Optional<Domain> choice(Tree value) {
        boolean ordered = fields.take("ordered").flatMap(fields::flag).orElse(false);
        Optional<List<Tree>> items = fields.items(value, "[32, 64, 128]");
        if (items.isEmpty()) {
            return Optional.empty();
        }
        List<@Nullable Object> plain = new ArrayList<>();
        items.get().forEach(item -> {
            fields.requireNoGroups(item);
            plain.add(SpaceReader.json(item));
        });
        // [0, 0.5, 1] is a list of numbers, not of two integers and a number.
        boolean reals = plain.stream().allMatch(Number.class::isInstance)
                && plain.stream().anyMatch(Double.class::isInstance);
        return fields.checked(
                value,
                () -> new Choice(
                        plain.stream()
                                .map(each -> reals && each instanceof Number number
                                        ? new Value.Real(number.doubleValue())
                                        : Value.of(each))
                                .toList(),
                        ordered));
    }

    private Optional<Domain> flag(Tree value) {
        if (value instanceof Tree.Scalar scalar && Boolean.TRUE.equals(scalar.value())) {
            return Optional.of(Choice.flag());
        }
        fields.problems().add(Fields.wrong(value, "true (the parameter is then either true or false)"));
        return Optional.empty();
    }
}
