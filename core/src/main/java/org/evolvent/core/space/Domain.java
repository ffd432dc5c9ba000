package org.evolvent.core.space;

import java.util.Map;
import org.evolvent.core.random.RandomStream;

/**
 * The values that one parameter may take, and how to move among them. Immutable.
 *
 * <p>Whatever {@link #sample}, {@link #shift} and {@link #at} return is {@linkplain #contains contained}.
 */
public sealed interface Domain permits Reals, Ints, Choice {
    /** Draws a value from the prior: uniform in the domain's scale. */
    Value sample(RandomStream random);

    /** Tells whether a value belongs to the domain, type included. */
    boolean contains(Value value);

    /**
     * Moves a value by one perturbation step. Numbers move in their scale and are reflected at the ends; integers are rounded and move by
     * at least 1; ordered choices move to a neighbour, up for a factor above 1, and inward from an end. Unordered choices have no
     * neighbours and are drawn anew, which may give the same value again.
     *
     * @param value a value of this domain
     * @param factor a positive number other than 1, such as 0.8 or 1.25
     * @param random used by unordered choices only
     */
    Value shift(Value value, double factor, RandomStream random);

    /** Returns the position of a value in the domain's scale, from 0 (lowest) to 1 (highest). */
    double position(Value value);

    /** Returns the value at a position in [0, 1] of the domain's scale; positions outside are clipped. */
    Value at(double position);

    /** Returns whether the domain's order has a meaning (it has none for unordered choices). */
    boolean isOrdered();

    /** Returns whether there is more than one value. */
    boolean canMove();

    /** Returns this domain as a study file spells it, in plain values: what becomes a JSON object. */
    Map<String, Object> plain();
}
