package org.evolvent.core.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A named dimension of a search space.
 *
 * @param name letters, digits, {@code _}, {@code -} and {@code .}, beginning with a letter
 * @param domain the values that it may take
 * @param fixed true for what is sampled once, inherited with the weights and never perturbed (the number of layers, say)
 * @param moves how it explores, where not as the others do
 * @param init where its first values are drawn; all of the domain where there is none. A part of the domain, of the same kind
 * @param when the values of choices with which alone it is active, by their names; always where there is none
 */
public record Parameter(
        String name, Domain domain, boolean fixed, Moves moves, Optional<Domain> init, Map<String, List<Value>> when) {
    /**
     * How one parameter explores. What is absent is the operator's.
     *
     * @param factors of {@code perturb}; for {@code mutate}, the steps of which one is taken up or down. Each above 0 and not 1
     * @param size of the steps of {@code mutate}, in shares of the range; above 0 and at most 1. Not beside factors
     * @param change the probability that it moves at all, 0 to 1
     * @param resample the probability that it is drawn anew instead, 0 to 1
     */
    public record Moves(List<Double> factors, OptionalDouble size, OptionalDouble change, OptionalDouble resample) {
        /** As the operator says. */
        public static final Moves DEFAULT =
                new Moves(List.of(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

        public Moves {
            factors = List.copyOf(factors);
            for (double factor : factors) {
                require(
                        factor > 0 && factor != 1 && Double.isFinite(factor),
                        "factors has %s",
                        factor,
                        "above 0, finite and not 1");
            }
            size.ifPresent(value -> require(value > 0 && value <= 1, "size is %s", value, "above 0 and at most 1"));
            change.ifPresent(value -> require(value >= 0 && value <= 1, "change is %s", value, "from 0 to 1"));
            resample.ifPresent(value -> require(value >= 0 && value <= 1, "resample is %s", value, "from 0 to 1"));
            if (!factors.isEmpty() && size.isPresent()) {
                throw new IllegalArgumentException("It has factors and size but must have one of them at most");
            }
        }

        private static void require(boolean holds, String subject, double value, String rule) {
            if (!holds) {
                throw new IllegalArgumentException(subject.formatted(value) + " but must be " + rule);
            }
        }
    }

    public Parameter {
        if (!name.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException(
                    "A parameter is named '%s' but must begin with a letter and consist of letters, digits, '_', '-' and '.'"
                            .formatted(name));
        }
        Map<String, List<Value>> conditions = new LinkedHashMap<>();
        when.forEach((choice, values) -> conditions.put(choice, List.copyOf(values)));
        when = Collections.unmodifiableMap(conditions);
        init.ifPresent(first -> {
            if (domain instanceof Choice
                    || first.getClass() != domain.getClass()
                    || !domain.contains(first.at(0))
                    || !domain.contains(first.at(1))) {
                throw new IllegalArgumentException(
                        "Its first values are %s but must be a part of %s".formatted(first, domain));
            }
        });
    }

    /** Creates one that explores as the others do and begins anywhere. */
    public Parameter(String name, Domain domain, boolean fixed) {
        this(name, domain, fixed, Moves.DEFAULT, Optional.empty(), Map.of());
    }

    /** Returns a parameter that may change while the model trains. */
    public static Parameter of(String name, Domain domain) {
        return new Parameter(name, domain, false);
    }

    /** Returns this parameter with another way to explore. */
    public Parameter moving(Moves other) {
        return new Parameter(name, domain, fixed, other, init, when);
    }

    /** Returns this parameter with first values from a part of its domain. */
    public Parameter beginning(Domain part) {
        return new Parameter(name, domain, fixed, moves, Optional.of(part), when);
    }

    /** Returns this parameter, active only when a choice has one of these values, beside what it depends on already. */
    public Parameter onlyWhen(String choice, List<Value> values) {
        Map<String, List<Value>> more = new LinkedHashMap<>(when);
        more.put(choice, values);
        return new Parameter(name, domain, fixed, moves, init, more);
    }

    /** Returns whether exploring may give it another value. */
    public boolean isMovable() {
        return !fixed && domain.canMove();
    }

    /** Returns where its first values are drawn. */
    public Domain first() {
        return init.orElse(domain);
    }

    /** Returns this parameter as a study file spells it below its name, in plain values; what is nowhere said is left out. */
    public Map<String, Object> plain() {
        Map<String, Object> fields = new LinkedHashMap<>(domain.plain());
        if (fixed) {
            fields.put("fixed", true);
        }
        if (!moves.factors().isEmpty()) {
            fields.put("factors", moves.factors());
        }
        moves.size().ifPresent(size -> fields.put("size", size));
        moves.change().ifPresent(change -> fields.put("change", change));
        moves.resample().ifPresent(resample -> fields.put("resample", resample));
        // The ends of a range stand first in what a range is.
        init.ifPresent(
                first -> fields.put("init", first.plain().values().iterator().next()));
        if (!when.isEmpty()) {
            Map<String, Object> conditions = new LinkedHashMap<>();
            when.forEach((choice, values) ->
                    conditions.put(choice, values.stream().map(Value::plain).toList()));
            fields.put("when", conditions);
        }
        return fields;
    }
}
