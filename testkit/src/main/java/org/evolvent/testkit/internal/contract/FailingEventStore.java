package org.evolvent.testkit.internal.contract;

import java.util.List;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;

/** A log whose medium fails from the n-th append on; nothing of that append is kept. Everything else goes to the real one. */
public final class FailingEventStore extends ForwardingEventStore {
    private int appendsLeft;

    /**
     * Wraps a store.
     *
     * @param real what to fail in front of
     * @param appends how many appends succeed
     */
    public FailingEventStore(EventStore real, int appends) {
        super(real);
        this.appendsLeft = appends;
    }

    @Override
    public void append(List<? extends Event> events) {
        if (appendsLeft-- <= 0) {
            throw new EvolventException("The disk is full, says the test");
        }
        super.append(events);
    }
}
