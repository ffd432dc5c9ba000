package org.evolvent.testkit.internal.contract;

import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;

/** A log that leaves everything to another one, but for what a subclass does otherwise; whatever is read goes through {@link #read(long, Consumer)}. */
public abstract class ForwardingEventStore implements EventStore {
    private final EventStore events;

    /** Creates one; closing it closes the other one. */
    protected ForwardingEventStore(EventStore events) {
        this.events = events;
    }

    @Override
    public void append(List<? extends Event> appended) {
        events.append(appended);
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
        events.sync();
    }

    @Override
    public void close() {
        events.close();
    }
}
