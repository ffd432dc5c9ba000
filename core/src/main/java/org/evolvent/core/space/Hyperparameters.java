package org.evolvent.core.space;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One value for every parameter of a search space, by name, in the order of the space. Immutable.
 *
 * <p>The typed getters throw {@link IllegalArgumentException} for a name that does not exist or a value of another type, naming both.
 */
public final class Hyperparameters {
    /** Shared by all that derive from one another; a map for each would be most of what a large population weighs. */
    private final String[] names;

    private final Value[] values;

    private Hyperparameters(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
    }

    /** Returns hyperparameters with the given values, in the iteration order of the map. */
    public static Hyperparameters of(Map<String, Value> values) {
        return new Hyperparameters(
                values.keySet().toArray(new String[0]), values.values().toArray(new Value[0]));
    }

    /**
     * Returns what {@link #plain} gave.
     *
     * @throws IllegalArgumentException when anything in it is no {@linkplain Value#of plain value}
     */
    public static Hyperparameters ofPlain(Map<String, ?> plain) {
        Map<String, Value> values = new LinkedHashMap<>();
        plain.forEach((name, value) -> values.put(name, Value.of(value)));
        return of(values);
    }

    /** Returns the {@linkplain Value#plain plain values} by name, in the order of the space: what becomes a JSON object. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            plain.put(names[i], values[i].plain());
        }
        return plain;
    }

    /** Returns the value of a parameter. */
    public Value get(String name) {
        return values[indexOf(name)];
    }

    private int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "There is no hyperparameter '%s'.\nMaybe one of %s?".formatted(name, List.of(names)));
    }

    /** Returns a number, be it a {@code float} or an {@code int} in the study file. */
    public double real(String name) {
        Value value = get(name);
        if (value instanceof Value.Real real) {
            return real.value();
        }
        if (value instanceof Value.Int integer) {
            return integer.value();
        }
        throw wrongType(name, value, "a number");
    }

    /** Returns an integer that fits in 32 bits. */
    public int integer(String name) {
        Value value = get(name);
        if (value instanceof Value.Int integer && integer.value() == (int) integer.value()) {
            return (int) integer.value();
        }
        throw wrongType(name, value, "a 32-bit integer");
    }

    /** Returns a text. */
    public String text(String name) {
        Value value = get(name);
        if (value instanceof Value.Text text) {
            return text.value();
        }
        throw wrongType(name, value, "a text");
    }

    /** Returns a truth value. */
    public boolean flag(String name) {
        Value value = get(name);
        if (value instanceof Value.Flag flag) {
            return flag.value();
        }
        throw wrongType(name, value, "true or false");
    }

    /** Returns these hyperparameters with one value replaced. */
    public Hyperparameters with(String name, Value value) {
        Value[] changed = values.clone();
        changed[indexOf(name)] = value;
        return new Hyperparameters(names, changed);
    }

    /** Returns the values by name, unmodifiable, in the order of the space. */
    public Map<String, Value> values() {
        Map<String, Value> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            byName.put(names[i], values[i]);
        }
        return Collections.unmodifiableMap(byName);
    }

    private static IllegalArgumentException wrongType(String name, Value value, String wanted) {
        String kind = value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return new IllegalArgumentException(
                "Hyperparameter '%s' is %s (%s) but %s was asked for".formatted(name, value, kind, wanted));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hyperparameters that
                && (Arrays.equals(names, that.names)
                        ? Arrays.equals(values, that.values)
                        : values().equals(that.values()));
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return values().toString();
    }
}
