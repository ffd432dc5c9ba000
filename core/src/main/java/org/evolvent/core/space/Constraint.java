package org.evolvent.core.space;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What must hold between parameters that are numbers: a comparison of two expressions, such as {@code minibatch <= batch} or
 * {@code layers * width < 4096}. Immutable; equal when its text is.
 *
 * <p>An expression consists of numbers, names of parameters, {@code + - * /} and parentheses; a comparison is one of {@code <= < >= > ==
 * !=}. A minus needs a space before it, or it is a part of the name. What cannot be computed (a division by zero) does not hold.
 */
public final class Constraint {
    private final String text;
    private final Set<String> names;
    private final Expression left;
    private final Comparison comparison;
    private final Expression right;

    /** A number, given those of the parameters. */
    interface Expression {
        double value(ToDoubleFunction<String> numbers);
    }

    /** How two numbers compare. */
    interface Comparison {
        boolean holds(double left, double right);
    }

    Constraint(String text, Set<String> names, Expression left, Comparison comparison, Expression right) {
        this.text = text;
        this.names = new LinkedHashSet<>(names);
        this.left = left;
        this.comparison = comparison;
        this.right = right;
    }

    /**
     * Reads a constraint.
     *
     * @param text at most 1000 characters
     * @throws IllegalArgumentException when it is none; says where and what is allowed
     */
    public static Constraint of(String text) {
        return new ConstraintParser(text).constraint();
    }

    /** Returns the names of the parameters that it is about, in the order of their first use. */
    public Set<String> names() {
        return new LinkedHashSet<>(names);
    }

    /** Returns whether it holds for values of at least its parameters, all of which are numbers. */
    public boolean holds(Hyperparameters hyperparameters) {
        return comparison.holds(left.value(hyperparameters::real), right.value(hyperparameters::real));
    }

    /** Returns it as it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Constraint that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
