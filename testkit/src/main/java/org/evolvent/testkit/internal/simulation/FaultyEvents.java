package org.evolvent.testkit.internal.simulation;

import java.util.List;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;

/** A log in bad weather. */
final class FaultyEvents extends ForwardingEventStore {
    private final Weather weather;
    private final Runnable appended;

    /**
     * Creates one.
     *
     * @param appended is run when the log has taken a batch
     */
    FaultyEvents(EventStore events, Weather weather, Runnable appended) {
        super(events);
        this.weather = weather;
        this.appended = appended;
    }

    @Override
    public void append(List<? extends Event> batch) {
        weather.requireDisk();
        weather.maybeDie(Fault.DEATH_BEFORE_APPEND);
        super.append(batch);
        // What a stop keeps for the next session had ended before.
        if (!batch.stream().allMatch(Event.IntervalSuspended.class::isInstance)) {
            appended.run();
        }
        weather.maybeDie(Fault.DEATH_AFTER_APPEND);
    }

    @Override
    public void sync() {
        weather.requireDisk();
        weather.maybeDie(Fault.DEATH_BEFORE_SYNC);
        super.sync();
        weather.maybeDie(Fault.DEATH_AFTER_SYNC);
    }
}
