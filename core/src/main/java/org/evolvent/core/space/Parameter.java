package org.evolvent.core.space;

/**
 * A named dimension of a search space.
 *
 * @param name letters, digits, {@code _}, {@code -} and {@code .}, beginning with a letter
 * @param domain the values that it may take
 * @param fixed true for what is sampled once, inherited with the weights and never perturbed (the number of layers, say)
 */
public record Parameter(String name, Domain domain, boolean fixed) {
    public Parameter {
        if (!name.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException(
                    "A parameter is named '%s' but must begin with a letter and consist of letters, digits, '_', '-' and '.'"
                            .formatted(name));
        }
    }

    /** Returns a parameter that may change while the model trains. */
    public static Parameter of(String name, Domain domain) {
        return new Parameter(name, domain, false);
    }

    /** Returns whether exploring may give it another value. */
    public boolean isMovable() {
        return !fixed && domain.canMove();
    }
}
