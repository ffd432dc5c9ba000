package org.evolvent.trainer.internal;

import java.time.Duration;

/**
 * Which of the checkpoints that are restored are evaluated before they are trained: the first, the third, the ninth, the 27th, and so on, or
 * the next for which there is time. The first tell soon whether restored models are what was saved, the later ones when there is more to
 * lose, and all together cost little: 4 of 40. Thread-safe.
 */
public final class Evaluations {
    private static final long RARER = 3;

    private final Allowance allowance;
    private long restores;
    private long next = 1;
    private int left;

    /**
     * Creates one.
     *
     * @param most how many are evaluated at most, from 0
     * @param allowance what time there is for them, perhaps with those of other programs
     */
    public Evaluations(int most, Allowance allowance) {
        this.left = most;
        this.allowance = allowance;
    }

    /** Returns one that evaluates nothing. */
    public static Evaluations none() {
        return new Evaluations(0, new Allowance(0));
    }

    /** Counts a restore, and returns whether it is to be evaluated; if so, {@link #took} must follow. */
    public synchronized boolean isDue() {
        restores++;
        if (left == 0 || restores < next || !allowance.grants()) {
            return false;
        }
        left--;
        next = RARER * restores;
        return true;
    }

    /** Notes how much longer an interval took since what it restored was evaluated, well or not. */
    public void took(Duration time) {
        allowance.took(time);
    }

    /** Notes that an interval has been trained. */
    public void trained(long steps, Duration time) {
        allowance.trained(steps, time);
    }

    /** Notes that the trainer cannot evaluate: it is asked no more. */
    public synchronized void end() {
        left = 0;
    }
}
