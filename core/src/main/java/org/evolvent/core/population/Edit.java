package org.evolvent.core.population;

/**
 * The right to change populations in place, in a series of changes of which nobody sees more than the last result. The nodes of a tree that
 * were made in an edit may be changed in place by the same edit; all others are copied first, so that what was there before stays as it
 * was. These are the transients of Clojure.
 *
 * <p>Whoever has a population that an edit has made, and not the edit, can only read it, and only until the edit makes the next one. Used
 * by one thread.
 */
public final class Edit {
    /** The number of populations made so far. What shares nodes with the last one shares its number. */
    private int moment;

    /**
     * Returns a population with one member replaced by its next state. If this edit has made it, it is used up: it, and whatever was derived
     * from it, throws {@link IllegalStateException} from then on.
     *
     * @param population one that this edit has made last, or an immutable one, which stays as it is
     */
    public Population with(Population population, Member changed) {
        population.requireNoOther(this);
        return population.with(changed, this, moment + 1);
    }

    /**
     * Returns a population as it stands, immutable. What this edit has made is never changed again if this was its last use.
     *
     * @param population one that this edit has made last, or an immutable one
     */
    public Population end(Population population) {
        population.requireNoOther(this);
        return population.alone();
    }

    /** Makes what was made before unusable. */
    void moveOn(int to) {
        moment = to;
    }

    int moment() {
        return moment;
    }
}
