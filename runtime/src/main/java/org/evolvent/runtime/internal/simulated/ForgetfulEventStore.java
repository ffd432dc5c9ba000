package org.evolvent.runtime.internal.simulated;

import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;

/** A log that counts its events and forgets them, for simulations with more events than memory. It cannot be resumed. Thread-safe. */
public final class ForgetfulEventStore implements EventStore {
    private long size;

    @Override
    public synchronized void append(List<? extends Event> events) {
        size += events.size();
    }

    @Override
    public synchronized void read(long skipped, Consumer<? super Event> reader) {
        if (size > skipped) {
            throw new IllegalStateException("The %s events are forgotten".formatted(size));
        }
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public void sync() {
        // Nothing is kept.
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
