package org.evolvent.trainer.internal;

import java.time.Duration;

/**
 * Tells short intervals from long ones. Between two attempts a slot waits for the driver a few milliseconds, which is nothing to a long
 * interval; of short ones it is much, and what is known of the others hardly changes meanwhile. Thread-safe.
 */
public final class Pace {
    /** The weight of the latest interval in the average. */
    private static final double LATEST = 0.1;

    private final Duration limit;
    private double averageNanos;

    /**
     * Creates one that has seen nothing yet and so takes intervals to be long.
     *
     * @param limit what is shorter is short
     */
    public Pace(Duration limit) {
        this.limit = limit;
        this.averageNanos = limit.toNanos();
    }

    /** Takes in how long an interval took, restoring and saving included. */
    public synchronized void note(Duration interval) {
        averageNanos += LATEST * (interval.toNanos() - averageNanos);
    }

    /** Returns whether intervals are short at present. */
    public synchronized boolean isShort() {
        return averageNanos < limit.toNanos();
    }
}
