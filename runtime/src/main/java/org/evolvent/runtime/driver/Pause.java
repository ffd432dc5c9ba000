package org.evolvent.runtime.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.evolvent.runtime.StorageException;

/**
 * How long a study rests while a medium is full, read-only or failing: a second at first, twice as long each time it tries in vain, a minute
 * at most. Somebody may make room at any time, so it is patient with a full one: an hour. Used by the driver's thread only.
 */
final class Pause {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration PATIENCE_WHEN_FULL = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Optional<Instant> since = Optional.empty();
    private Instant from = Instant.MIN;
    private Instant until = Instant.MIN;
    private Instant hopeless = Instant.MAX;
    private Duration next = SHORTEST;

    /**
     * Begins a pause, or a longer one after a try in vain; one that lasts is not made longer.
     *
     * @return what is the matter and when it is tried again, for people
     */
    String begin(StorageException.Kind kind, String message, Instant now) {
        if (since.isEmpty()) {
            since = Optional.of(now);
            hopeless = now.plus(kind == StorageException.Kind.FULL ? PATIENCE_WHEN_FULL : PATIENCE);
        }
        if (isOver(now)) {
            from = now;
            until = now.plus(next);
            Duration doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        }
        return "A disk %s: %s\nThe study pauses and tries again in %s s."
                .formatted(
                        kind.words(),
                        message,
                        Duration.between(now, until).plusMillis(999).toSeconds());
    }

    /** Ends the pause after a success; returns whether there was one. */
    boolean end() {
        boolean paused = since.isPresent();
        since = Optional.empty();
        from = Instant.MIN;
        until = Instant.MIN;
        hopeless = Instant.MAX;
        next = SHORTEST;
        return paused;
    }

    /** Returns whether it is time to try again, or there is no pause, or the clock was set back. */
    boolean isOver(Instant now) {
        return !now.isBefore(until) || now.isBefore(from);
    }

    /** Returns whether it was tried for so long that somebody has to help. */
    boolean isHopeless(Instant now) {
        return !now.isBefore(hopeless);
    }

    /** Returns when to try again; in the past when there is no pause. */
    Instant until() {
        return until;
    }
}
