package org.evolvent.testkit.simulation;

import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;

/** A log in bad weather. */
record FaultyEvents(EventStore events, Weather weather) implements EventStore {
    @Override
    public void append(List<? extends Event> appended) {
        weather.requireDisk();
        weather.maybeDie(Fault.DEATH_BEFORE_APPEND);
        events.append(appended);
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
