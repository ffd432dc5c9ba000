package org.evolvent.core.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One value for every parameter of a search space, by name, in the order of the space. Immutable.
 *
 * <p>The typed getters throw {@link IllegalArgumentException} for a name that does not exist or a value of another type, naming both.
 */
public final class Hyperparameters {
    private final Map<String, Value> values;

    private Hyperparameters(Map<String, Value> values) {
        this.values = values;
    }

    /** Returns hyperparameters with the given values, in the iteration order of the map. */
    public static Hyperparameters of(Map<String, Value> values) {
        return new Hyperparameters(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    /** Returns the value of a parameter. */
    public Value get(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "There is no hyperparameter '%s'.\nMaybe one of %s?".formatted(name, values.keySet()));
        }
        return value;
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
        get(name);
        Map<String, Value> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Hyperparameters(Collections.unmodifiableMap(changed));
    }

    /** Returns the values by name, unmodifiable, in the order of the space. */
    public Map<String, Value> values() {
        return values;
    }

    private static IllegalArgumentException wrongType(String name, Value value, String wanted) {
        String kind = value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return new IllegalArgumentException(
                "Hyperparameter '%s' is %s (%s) but %s was asked for".formatted(name, value, kind, wanted));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hyperparameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
