package org.evolvent.core.strategy;

/**
 * By which rules a study selects. What a log was begun under is what it goes on under, so that every decision in it can be derived again;
 * what begins today begins under the {@link #LATEST}.
 */
public enum Rules {
    /**
     * Those of the first logs. In asynchronous mode a member decides the moment it reports, against older results of the others; after a
     * copy it ranks worst until it reports; the budget is of members, whatever weights they hold, so that copied weights train past it.
     */
    V1(1),
    /**
     * In asynchronous mode a member decides when a slot is about to take it, against all that was reported until then; after a copy it
     * ranks as its donor until it reports; no weights train past the budget. Only what is better is copied; whoever has no valid score
     * while nobody else has one goes back to the best that there was, and draws anew as long as there was none.
     */
    V2(2);

    /** Those of studies that begin now. */
    public static final Rules LATEST = V2;

    private final int number;

    Rules(int number) {
        this.number = number;
    }

    /** Returns the number by which people name them, from 1. */
    public int number() {
        return number;
    }
}
