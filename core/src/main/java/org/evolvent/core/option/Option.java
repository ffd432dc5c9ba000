package org.evolvent.core.option;

/**
 * An option that a study file may give an operator.
 *
 * @param name its key, in lower case with underscores
 * @param type what is allowed
 * @param byDefault its value where nobody gives one
 * @param meaning what it means, for people, as a part of a sentence
 * @param <T> the type of its values
 */
public record Option<T>(String name, OptionType<T> type, T byDefault, String meaning) {
    public Option {
        if (!type.allows(byDefault)) {
            throw new IllegalArgumentException(
                    "The default of '%s' is %s but must be %s".formatted(name, byDefault, type.allowed()));
        }
    }

    /**
     * Returns a value that is allowed.
     *
     * @throws IllegalArgumentException when it is not; says what is
     */
    public T require(T value) {
        if (!type.allows(value)) {
            throw new IllegalArgumentException("The option %s is %s but must be %s.\nMaybe %s, the default?"
                    .formatted(name, value, type.allowed(), byDefault));
        }
        return value;
    }

    /** Returns the default as a YAML parser would. */
    public Object plainDefault() {
        return type.plain(byDefault);
    }
}
