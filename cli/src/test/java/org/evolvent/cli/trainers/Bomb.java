package org.evolvent.cli.trainers;

/** A class that must not be loaded: it says so when it is. */
public final class Bomb {
    /** The system property that says so. */
    public static final String EXPLODED = "evolvent.test.exploded";

    static {
        System.setProperty(EXPLODED, "true");
    }
}
