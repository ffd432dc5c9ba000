package org.evolvent.testkit.internal.contract;

import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;

/** A log whose medium fails from the n-th append on; nothing of that append is kept. Everything else goes to the real one. */
public final class FailingEventStore implements EventStore {
    private final EventStore real;
    private int appendsLeft;

    /**
     * Wraps a store.
     *
     * @param real what to fail in front of
     * @param appends how many appends succeed
     */
    public FailingEventStore(EventStore real, int appends) {
        this.real = real;
        this.appendsLeft = appends;
    }

    @Override
    public void append(List<? extends Event> events) {
        if (appendsLeft-- <= 0) {
            throw new EvolventException("The disk is full, says the test");
        }
        real.append(events);
    }

    @Override
    public void read(long skipped, Consumer<? super Event> reader) {
        real.read(skipped, reader);
    }

    @Override
    public long size() {
        return real.size();
    }

    @Override
    public void sync() {
        real.sync();
    }

    @Override
    public void close() {
        real.close();
    }
}
