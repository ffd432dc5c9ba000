package org.evolvent.views.internal.history;

import java.time.Duration;
import java.time.Instant;

/** The time of a study: that of its sessions, one after the other, without what lay between them. */
final class Clock {
    private Instant begun = Instant.EPOCH;
    private double before;
    private double latest;

    /** A session begins. */
    void begins(Instant at) {
        before = latest;
        begun = at;
    }

    /** Returns the seconds of the study before a moment of this session, not before those of a moment at which the session began. */
    double at(Instant moment) {
        return Math.max(before, before + Duration.between(begun, moment).toNanos() / 1e9);
    }

    /** Notes that something ended at a moment, and returns the seconds of the study before it. */
    double ended(Instant moment) {
        double seconds = at(moment);
        latest = Math.max(latest, seconds);
        return seconds;
    }

    double latest() {
        return latest;
    }
}
