package org.evolvent.trainer.internal;

import java.time.Duration;

/**
 * How long evaluating what was restored may take, all slots of a session together: {@value #SHARE} of the time that training the whole study
 * is expected to take, by what it has taken so far, but a tenth of a second at least, which nobody feels. How long an evaluation takes is known only after the first,
 * which is always granted. Thread-safe.
 */
public final class Allowance {
    private static final double SHARE = 0.004;
    private static final Duration LEAST = Duration.ofMillis(100);

    private final double plannedSteps;
    private double trainedSteps;
    private double trainedSeconds;
    private double spent;
    private double longest;
    private int granted;
    private int ended;

    /**
     * Creates one.
     *
     * @param plannedSteps the training steps of all members together, at least 0
     */
    public Allowance(double plannedSteps) {
        this.plannedSteps = plannedSteps;
    }

    /** Notes that an interval has been trained. */
    synchronized void trained(long steps, Duration time) {
        trainedSteps += steps;
        trainedSeconds += seconds(time);
    }

    /** Returns whether there is time for one more evaluation; then {@link #took} must follow. */
    synchronized boolean grants() {
        boolean isFirst = granted == 0;
        boolean isKnown = ended > 0;
        double underWay = (granted - ended) * longest;
        if (isFirst || (isKnown && spent + underWay + longest <= allowed())) {
            granted++;
            return true;
        }
        return false;
    }

    /** Notes how much longer an interval took since what it restored was evaluated. */
    synchronized void took(Duration time) {
        ended++;
        spent += seconds(time);
        longest = Math.max(longest, seconds(time));
    }

    private double allowed() {
        double expected = trainedSteps > 0 ? trainedSeconds / trainedSteps * plannedSteps : 0;
        return Math.max(seconds(LEAST), SHARE * expected);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
