package org.evolvent.testkit.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;

/** A log in memory, for tests, simulations and studies that nobody wants to keep. Closing it keeps the events. Thread-safe. */
public final class InMemoryEventStore implements EventStore {
    private final List<Event> events = new ArrayList<>();

    @Override
    public synchronized void append(List<? extends Event> appended) {
        events.addAll(appended);
    }

    @Override
    public void read(long skipped, Consumer<? super Event> reader) {
        List<Event> all = events();
        all.subList((int) skipped, all.size()).forEach(reader);
    }

    @Override
    public synchronized Optional<Event> first() {
        return events.stream().findFirst();
    }

    /** Returns a copy of the log. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    @Override
    public synchronized long size() {
        return events.size();
    }

    @Override
    public void sync() {
        // Memory does not survive anything.
    }

    /** Drops all but the first events, as a loss of power may do. */
    public synchronized void truncate(long count) {
        events.subList((int) count, events.size()).clear();
    }

    @Override
    public void close() {
        // Nothing to release; a test may open the "file" again.
    }
}
