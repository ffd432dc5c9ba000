package org.evolvent.trainer.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.evolvent.core.study.Execution;
import org.evolvent.trainer.internal.place.Placement;

/** The time that a slot spends on an attempt, in which place, and how much of it was training. Belongs to one thread at a time. */
public final class Stint {
    private final int slot;
    private final InstantSource clock;
    private final Instant startedAt;
    private Duration training = Duration.ZERO;
    private Optional<String> place = Optional.empty();

    /** Begins now. */
    public Stint(int slot, InstantSource clock) {
        this.slot = slot;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** Returns when it began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Notes the place, as soon as there is one; it is remembered when the slot has moved on to another. */
    public void isIn(Placement placement) {
        place = placement.granted();
    }

    /**
     * Notes how long it trained.
     *
     * @param begun {@link System#nanoTime} at the beginning; the end is now
     */
    public void trainedSince(long begun) {
        training = Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Returns how long it trained, as far as that was noted. */
    public Duration training() {
        return training;
    }

    /** Returns how long it has lasted. */
    public Duration elapsed() {
        return Duration.between(startedAt, clock.instant());
    }

    /** Returns it as it is logged, with now as its end. */
    public Execution execution() {
        return new Execution(slot, startedAt, clock.instant(), training, place);
    }
}
