package org.evolvent.ui.internal.run;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The options of a question, as the address has them.
 *
 * @param values the options by their names
 */
public record Query(Map<String, String> values) {
    /** A question that cannot be answered as it was asked. */
    public static final class BadQuery extends RuntimeException {
        BadQuery(String message) {
            super(message);
        }
    }

    /** Sorts the options, so that the same question is always the same text. */
    public Query {
        values = new TreeMap<>(values);
    }

    /** Returns an option; empty where it was not given, or as nothing. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * Returns a whole number that is not below 0.
     *
     * @throws BadQuery when it is something else
     */
    public OptionalInt number(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("[0-9]{1,9}")) {
            throw new BadQuery("%s is %s but must be a whole number from 0 to 999999999".formatted(name, text.get()));
        }
        return OptionalInt.of(Integer.parseInt(text.get()));
    }

    /**
     * Returns a place on an axis, to the whole.
     *
     * @throws BadQuery when it is no number
     */
    public OptionalLong place(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("-?[0-9]{1,15}(\\.[0-9]{1,20})?")) {
            throw new BadQuery("%s is %s but must be a number".formatted(name, text.get()));
        }
        return OptionalLong.of((long) Double.parseDouble(text.get()));
    }
}
