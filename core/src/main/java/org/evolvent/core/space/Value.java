package org.evolvent.core.space;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of one hyperparameter: a number, an integer, a text, a truth value, or of a choice any other JSON value. Immutable. */
public sealed interface Value {
    /** A finite double. */
    record Real(double value) implements Value {
        public Real {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "A hyperparameter is %s but must be a finite number".formatted(value));
            }
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** A 64-bit integer. */
    record Int(long value) implements Value {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** Any text. */
    record Text(String value) implements Value {
        @Override
        public String toString() {
            return value;
        }
    }

    /** True or false. */
    record Flag(boolean value) implements Value {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /**
     * A list, a mapping, or null. Its text is JSON.
     *
     * @param value a {@code List} or a {@code Map} with texts as keys, of {@code Long}, finite {@code Double}, {@code String}, {@code Boolean},
     *     null, lists and maps, at most 20 levels deep; or null
     */
    record Json(@Nullable Object value) implements Value {
        public Json {
            value = JsonText.frozen(value, 0);
        }

        @Override
        public String toString() {
            return JsonText.of(value);
        }
    }

    /**
     * Returns the value of a Java object: a {@code Double} or {@code Float}, a {@code Long} or {@code Integer}, a {@code String}, a
     * {@code Boolean}, a {@code List} or a {@code Map} of these, or null.
     */
    static Value of(@Nullable Object plain) {
        if (plain instanceof Double || plain instanceof Float) {
            return new Real(((Number) plain).doubleValue());
        }
        if (plain instanceof Long || plain instanceof Integer) {
            return new Int(((Number) plain).longValue());
        }
        if (plain instanceof String text) {
            return new Text(text);
        }
        if (plain instanceof Boolean flag) {
            return new Flag(flag);
        }
        if (plain == null || plain instanceof List || plain instanceof Map) {
            return new Json(plain);
        }
        throw new IllegalArgumentException(
                "A hyperparameter is %s (%s) but must be a number, an integer, a text, true, false, a list, a mapping or null"
                        .formatted(plain, plain.getClass().getSimpleName()));
    }

    /** Returns the value as a {@code Double}, {@code Long}, {@code String} or {@code Boolean}, a {@code List} or a {@code Map} of these, or null. */
    default @Nullable Object plain() {
        if (this instanceof Real real) {
            return real.value();
        }
        if (this instanceof Int integer) {
            return integer.value();
        }
        if (this instanceof Text text) {
            return text.value();
        }
        return this instanceof Flag flag ? (Object) flag.value() : ((Json) this).value();
    }
}
