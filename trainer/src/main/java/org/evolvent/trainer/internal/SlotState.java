package org.evolvent.trainer.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor.Activity;
import org.evolvent.runtime.Executor.Phase;

/** What a slot is doing, for those who look. Written by the slot's thread, read by any. */
public final class SlotState {
    private final int slot;
    private final InstantSource clock;
    private volatile Optional<Activity> activity = Optional.empty();
    private volatile Optional<LocalProcess> process = Optional.empty();

    /** Creates the state of a slot that does nothing. */
    public SlotState(int slot, InstantSource clock) {
        this.slot = slot;
        this.clock = clock;
    }

    /** Notes what is done for an attempt from now on. */
    public void enters(Attempt attempt, Phase phase) {
        Instant now = clock.instant();
        activity = Optional.of(new Activity(slot, attempt, phase, now, now));
    }

    /** Notes which process does it, whose output shows that it lives. */
    public void uses(LocalProcess used) {
        process = Optional.of(used);
    }

    /** Notes that there is nothing to do. */
    public void rests() {
        activity = Optional.empty();
    }

    /** Returns what the slot is doing; empty when it rests. */
    public Optional<Activity> activity() {
        Optional<Duration> silence = process.map(LocalProcess::silence);
        return activity.map(known -> {
            Instant heard = silence.map(clock.instant()::minus).orElse(known.since());
            return heard.isAfter(known.heard())
                    ? new Activity(known.slot(), known.attempt(), known.phase(), known.since(), heard)
                    : known;
        });
    }
}
