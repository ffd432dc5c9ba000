package org.evolvent.ui.internal.run;

import java.util.function.Supplier;

/** Says when to do again what takes time, so that it takes a share of the time of a processor at most. Not thread-safe. */
final class Pacer {
    private final int pace;
    private long begun = System.nanoTime();
    private long taken;

    /**
     * Creates one.
     *
     * @param pace in how many seconds it may take one
     */
    Pacer(int pace) {
        this.pace = pace;
    }

    /** Does something whose time counts. */
    <T> T timed(Supplier<T> work) {
        long before = System.nanoTime();
        try {
            return work.get();
        } finally {
            taken += System.nanoTime() - before;
        }
    }

    /** Returns whether so much time has gone by since it began that it may begin again. */
    boolean isDue() {
        return System.nanoTime() - begun >= pace * taken;
    }

    /** Begins again. */
    void begin() {
        begun = System.nanoTime();
        taken = 0;
    }
}
