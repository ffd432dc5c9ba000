package org.evolvent.trainer.internal;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** A time that several things may take together. An interrupt does not shorten it, and is still there afterwards. Not thread-safe. */
public final class Patience {
    private final long deadline;

    /** Begins now. */
    public Patience(Duration time) {
        this.deadline = System.nanoTime() + time.toNanos();
    }

    /** Waits for the end of a thread; returns whether it came in time. */
    public boolean join(Thread thread) {
        return await(nanos -> {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            return !thread.isAlive();
        });
    }

    /** Waits until an executor has terminated, after it was shut down; returns whether that came in time. */
    public boolean join(ExecutorService threads) {
        return await(nanos -> threads.awaitTermination(nanos, TimeUnit.NANOSECONDS));
    }

    private interface Wait {
        boolean atMost(long nanos) throws InterruptedException;
    }

    private boolean await(Wait wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.atMost(Math.max(1, deadline - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
