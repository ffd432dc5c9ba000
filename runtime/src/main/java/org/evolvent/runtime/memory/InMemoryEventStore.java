package org.evolvent.runtime.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;

/** A log in memory, for tests, simulations and studies that nobody wants to keep. Closing it keeps the events. Thread-safe. */
public final class InMemoryEventStore implements EventStore {
    private final List<Event> events = new ArrayList<>();
    private long hardened;

    @Override
    public synchronized void append(List<? extends Event> appended) {
        events.addAll(appended);
    }

    @Override
    public void read(Consumer<? super Event> reader) {
        events().forEach(reader);
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
    public synchronized void harden(long count) {
        hardened = count;
    }

    @Override
    public synchronized long hardened() {
        return hardened;
    }

    @Override
    public synchronized void truncate(long count) {
        events.subList((int) count, events.size()).clear();
        hardened = Math.min(hardened, count);
    }

    @Override
    public void close() {
        // Nothing to release; a test may open the "file" again.
    }
}
