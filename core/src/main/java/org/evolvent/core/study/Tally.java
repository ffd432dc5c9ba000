package org.evolvent.core.study;

/**
 * The totals of a study at one point of its log. Immutable.
 *
 * @param intervals the intervals that ended well
 * @param exploits the copies made
 * @param explores the explorations made
 * @param failedAttempts the attempts that failed by the trainer's fault
 * @param lostAttempts the attempts that were lost with the place where they ran, by nobody's fault: a place was taken away,
 *     a program did not start, a disk was full
 * @param failedIntervals the intervals whose attempts were used up or whose weights were lost, and those that ended with an invalid
 *     score; counted anew when a study that ended in failure is amended
 * @param scores the intervals that reported a valid score
 */
public record Tally(
        long intervals,
        long exploits,
        long explores,
        long failedAttempts,
        long lostAttempts,
        long failedIntervals,
        long scores) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    Tally interval(boolean scored, boolean failed) {
        return new Tally(
                intervals + 1,
                exploits,
                explores,
                failedAttempts,
                lostAttempts,
                failedIntervals + (failed ? 1 : 0),
                scores + (scored ? 1 : 0));
    }

    Tally failed(boolean usedUp) {
        return new Tally(
                intervals,
                exploits,
                explores,
                failedAttempts + 1,
                lostAttempts,
                failedIntervals + (usedUp ? 1 : 0),
                scores);
    }

    Tally lost() {
        return new Tally(intervals, exploits, explores, failedAttempts, lostAttempts + 1, failedIntervals, scores);
    }

    /** Returns these totals without the intervals that failed. */
    Tally mended() {
        return new Tally(intervals, exploits, explores, failedAttempts, lostAttempts, 0, scores);
    }

    Tally stranded(int members) {
        return new Tally(
                intervals, exploits, explores, failedAttempts, lostAttempts, failedIntervals + members, scores);
    }

    Tally exploited() {
        return new Tally(intervals, exploits + 1, explores, failedAttempts, lostAttempts, failedIntervals, scores);
    }

    Tally explored() {
        return new Tally(intervals, exploits, explores + 1, failedAttempts, lostAttempts, failedIntervals, scores);
    }
}
