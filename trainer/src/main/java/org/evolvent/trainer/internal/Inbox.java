package org.evolvent.trainer.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.evolvent.runtime.ExecutorEvent;

/** What the slots of an executor have to say, for the driver to fetch. Thread-safe. */
public final class Inbox {
    /** Nothing wakes up whoever waits. */
    private final BlockingQueue<Optional<ExecutorEvent>> events = new LinkedBlockingQueue<>();

    /** Adds an event. */
    public void add(ExecutorEvent event) {
        events.add(Optional.of(event));
    }

    /** Ends {@link #await}, be there an event or not. */
    public void wakeUp() {
        events.add(Optional.empty());
    }

    /** Waits for the next event and returns all that there are; none when it was woken up, was interrupted or the time is over. */
    public List<ExecutorEvent> await(Duration atMost) {
        List<Optional<ExecutorEvent>> received = new ArrayList<>();
        try {
            Optional<ExecutorEvent> first = events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                received.add(first);
                events.drainTo(received);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return received.stream().flatMap(Optional::stream).toList();
    }
}
