package org.evolvent.runtime.driver;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.memory.InMemoryEventStore;

/** A log whose process dies at a certain append: before it, or after it and before anybody learns of it. */
final class BrittleEventStore implements EventStore {
    private final InMemoryEventStore events;
    private final TreeSet<Long> ends = new TreeSet<>(List.of(0L));
    private int appendsLeft;
    private boolean before;
    private long synced;

    BrittleEventStore(InMemoryEventStore events) {
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
            ends.add(events.size());
        }
        if (dying) {
            throw new EvolventException("The process dies here");
        }
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
    public synchronized void sync() {
        synced = events.size();
    }

    /** Loses what was not synced, or only a part of it: always whole appends. */
    synchronized void losePower(RandomStream random) {
        List<Long> possible = List.copyOf(ends.tailSet(synced));
        long left = possible.get(random.index(possible.size()));
        events.truncate(left);
        ends.tailSet(left, false).clear();
    }

    @Override
    public void close() {
        events.close();
    }
}
