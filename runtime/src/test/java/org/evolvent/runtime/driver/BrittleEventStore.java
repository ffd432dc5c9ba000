package org.evolvent.runtime.driver;

import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;

/** A log whose process dies at a certain append: before it, or after it and before anybody learns of it. */
final class BrittleEventStore implements EventStore {
    private final EventStore events;
    private int appendsLeft;
    private boolean before;

    BrittleEventStore(EventStore events) {
        this.events = events;
        this.appendsLeft = Integer.MAX_VALUE;
    }

    /** Lets the process die at the n-th append from now, the first being 1. */
    void dieAt(int append, boolean beforeIt) {
        this.appendsLeft = append;
        this.before = beforeIt;
    }

    @Override
    public void append(List<? extends Event> appended) {
        appendsLeft--;
        boolean dying = appendsLeft == 0;
        if (!dying || !before) {
            events.append(appended);
        }
        if (dying) {
            throw new EvolventException("The process dies here");
        }
    }

    @Override
    public void read(Consumer<? super Event> reader) {
        events.read(reader);
    }

    @Override
    public long size() {
        return events.size();
    }

    @Override
    public void harden(long count) {
        events.harden(count);
    }

    @Override
    public long hardened() {
        return events.hardened();
    }

    @Override
    public void truncate(long count) {
        events.truncate(count);
    }

    @Override
    public void close() {
        events.close();
    }
}
