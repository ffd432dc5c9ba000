package org.evolvent.testkit.internal.simulation;

import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;

/**
 * A log in bad weather.
 *
 * @param appended is run when the log has taken a batch
 */
record FaultyEvents(EventStore events, Weather weather, Runnable appended) implements EventStore {
    @Override
    public void append(List<? extends Event> batch) {
        weather.requireDisk();
        weather.maybeDie(Fault.DEATH_BEFORE_APPEND);
        events.append(batch);
        // What a stop keeps for the next session had ended before.
        if (!batch.stream().allMatch(Event.IntervalSuspended.class::isInstance)) {
            appended.run();
        }
        weather.maybeDie(Fault.DEATH_AFTER_APPEND);
    }

    @Override
    public void read(long skipped, Consumer<? super Event> reader) {
        events.read(skipped, reader);
    }

    @Override
    public long size() {
        return events.size();
    }

    @Override
    public void sync() {
        weather.requireDisk();
        weather.maybeDie(Fault.DEATH_BEFORE_SYNC);
        events.sync();
        weather.maybeDie(Fault.DEATH_AFTER_SYNC);
    }

    @Override
    public void close() {
        events.close();
    }
}
