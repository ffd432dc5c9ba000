package org.evolvent.trainer.internal;

/**
 * Which of the checkpoints that are restored are evaluated before they are trained: the first, the third, the ninth, the 27th, and so on. The
 * first tell soon whether restored models are what was saved, the later ones when there is more to lose, and all together cost little: 4 of 40.
 * Thread-safe.
 */
public final class Evaluations {
    private static final long RARER = 3;

    private long restores;
    private long next = 1;
    private int left;

    /**
     * Creates one.
     *
     * @param most how many are evaluated at most, from 0
     */
    public Evaluations(int most) {
        this.left = most;
    }

    /** Counts a restore, and returns whether it is to be evaluated. */
    public synchronized boolean isDue() {
        restores++;
        if (left == 0 || restores < next) {
            return false;
        }
        left--;
        next = RARER * restores;
        return true;
    }

    /** Notes that the trainer cannot evaluate: it is asked no more. */
    public synchronized void end() {
        left = 0;
    }
}
