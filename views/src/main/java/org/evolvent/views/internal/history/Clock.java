package org.evolvent.views.internal.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The time of a study: that of its sessions, one after the other, without what lay between them. */
final class Clock {
    /** Sessions by the seconds of the study before them; of those that begin at the same one the last. */
    private final NavigableMap<Double, Instant> sessions = new TreeMap<>(Map.of(0.0, Instant.EPOCH));

    private Instant begun = Instant.EPOCH;
    private double before;
    private double latest;

    /** A session begins. */
    void begins(Instant at) {
        before = latest;
        begun = at;
        sessions.put(before, at);
    }

    /** Returns the moment at which so many seconds of the study were over, at the end of a session rather than at the start of the next. */
    Instant moment(double seconds) {
        Map.Entry<Double, Instant> session =
                Optional.ofNullable(sessions.lowerEntry(seconds)).orElseGet(sessions::firstEntry);
        return session.getValue().plusNanos((long) ((seconds - session.getKey()) * 1e9));
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
