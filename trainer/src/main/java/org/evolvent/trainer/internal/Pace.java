package org.evolvent.trainer.internal;

import java.time.Duration;

/**
 * Says how many attempts a slot should take ahead of time. Between two attempts it waits for the driver a few milliseconds, which is
 * nothing to a long interval and much to a short one; but what is taken ahead of time is decided with less known of the others.
 * Thread-safe.
 */
public final class Pace {
    /** The weight of the latest interval in the average. */
    private static final double LATEST = 0.1;

    /** What is shorter than the limit by this is very short. */
    private static final int VERY = 10;

    private final Duration limit;
    private final int most;
    private double averageNanos;

    /**
     * Creates one that has seen nothing yet and so takes intervals to be long.
     *
     * @param limit of intervals that are shorter one attempt is taken ahead of time
     * @param most how many are of intervals that are shorter than a tenth of that
     */
    public Pace(Duration limit, int most) {
        this.limit = limit;
        this.most = most;
        this.averageNanos = limit.toNanos();
    }

    /** Takes in how long an interval took, restoring and saving included. */
    public synchronized void note(Duration interval) {
        averageNanos += LATEST * (interval.toNanos() - averageNanos);
    }

    /** Returns how many attempts a slot should take ahead of time at present. */
    public synchronized int ahead() {
        if (averageNanos >= limit.toNanos()) {
            return 0;
        }
        return averageNanos * VERY < limit.toNanos() ? most : 1;
    }
}
