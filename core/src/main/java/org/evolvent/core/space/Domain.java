package org.evolvent.core.space;

import java.util.Map;
import org.evolvent.core.random.RandomStream;

/**
 * The values that one parameter may take, and how to move among them. Immutable.
 *
 * <p>Whatever {@link #sample}, {@link #shift}, {@link #walk} and {@link #at} return is {@linkplain #contains contained}.
 */
public sealed interface Domain permits Reals, Ints, Choice {
    /**
     * A normal prior, cut at the ends of the range. In a log scale it is a log-normal one.
     *
     * @param centre the value in its middle (in a log scale the median), inside of the range
     * @param deviation its standard deviation before it is cut, above 0; in the scale: in a log scale, of the natural logarithm
     */
    record Normal(double centre, double deviation) {}

    /** Draws a value from the prior: uniform in the domain's scale, unless it says otherwise. */
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

    /**
     * Moves a value by a share of the prior, reflected at the ends: what is uniform moves by that share of the range in its scale, a
     * normal prior by more where it is thin. Where there are steps, of integers or places of a list, a value stands for its share of the
     * prior and begins to move at a random point of it; so it may stay.
     *
     * <p>When plus and minus any share are equally likely, whoever walks visits each value as often as the prior draws it.
     *
     * <p>Unordered choices have no neighbours: any share but 0 leads to each of the other values with the same probability.
     *
     * @param value a value of this domain
     * @param share of the prior, from minus to plus any finite number
     * @param random draws the point that a step begins from, or the other value
     */
    Value walk(Value value, double share, RandomStream random);

    /**
     * Returns the share of the range that a perturbation by a factor moves: for {@link #walk}, which knows no factors.
     *
     * @param factor a positive number other than 1; 0.8 and 1.25 move by the same share down and up
     */
    double shareOf(double factor);

    /** Returns the position of a value in the domain's scale, from 0 (lowest) to 1 (highest). */
    double position(Value value);

    /** Returns the value at a position in [0, 1] of the domain's scale; positions outside are clipped. */
    Value at(double position);

    /** Returns the number of values; {@link Long#MAX_VALUE} where between any two there is another one. */
    long size();

    /** Returns whether the domain's order has a meaning (it has none for unordered choices). */
    boolean isOrdered();

    /** Returns whether there is more than one value. */
    boolean canMove();

    /** Returns this domain as a study file spells it, in plain values: what becomes a JSON object. */
    Map<String, Object> plain();
}
