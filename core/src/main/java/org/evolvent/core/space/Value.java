package org.evolvent.core.space;

/** The value of one hyperparameter: a number, an integer, a text or a truth value. Immutable. */
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

    /** Returns the value of a Java object: a {@code Double} or {@code Float}, a {@code Long} or {@code Integer}, a {@code String} or a {@code Boolean}. */
    static Value of(Object plain) {
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
        throw new IllegalArgumentException(
                "A hyperparameter is %s (%s) but must be a number, an integer, a text, true or false"
                        .formatted(plain, plain.getClass().getSimpleName()));
    }

    /** Returns the value as a {@code Double}, {@code Long}, {@code String} or {@code Boolean}. */
    default Object plain() {
        if (this instanceof Real real) {
            return real.value();
        }
        if (this instanceof Int integer) {
            return integer.value();
        }
        if (this instanceof Text text) {
            return text.value();
        }
        return ((Flag) this).value();
    }
}
