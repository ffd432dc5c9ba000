package org.evolvent.trainer.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/**
 * An executor with one thread for each slot, which leaves the work to {@link SlotWorker}s. An attempt goes to a free slot that holds its
 * parent checkpoint if there is one.
 */
public final class SlotPool implements Executor {
    private final List<Slot> slots = new ArrayList<>();
    private final InstantSource clock;
    private final BlockingQueue<Optional<ExecutorEvent>> inbox = new LinkedBlockingQueue<>();

    /**
     * Starts the threads.
     *
     * @param workers one for each slot
     * @param clock for timestamps
     */
    public SlotPool(List<? extends SlotWorker> workers, InstantSource clock) {
        this.clock = clock;
        for (SlotWorker worker : workers) {
            slots.add(new Slot(slots.size(), worker));
        }
        slots.forEach(slot -> slot.thread.start());
    }

    @Override
    public int slots() {
        return slots.size();
    }

    @Override
    public void start(Attempt attempt) {
        Optional<CheckpointRef> parent = attempt.parent();
        Optional<Slot> chosen = Optional.empty();
        for (Slot slot : slots) {
            if (slot.isFree()) {
                boolean hot =
                        parent.isPresent() && slot.worker.holds(parent.get().id());
                if (hot || chosen.isEmpty()) {
                    chosen = Optional.of(slot);
                }
                if (hot) {
                    break;
                }
            }
        }
        chosen.orElseThrow(() -> new IllegalStateException(
                        "All %d slots are busy; %s cannot start".formatted(slots.size(), attempt)))
                .assign(attempt);
    }

    @Override
    public void cancel(Attempt attempt) {
        slots.forEach(slot -> slot.cancel(attempt));
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        List<Optional<ExecutorEvent>> received = new ArrayList<>();
        try {
            Optional<ExecutorEvent> first = inbox.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                received.add(first);
                inbox.drainTo(received);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return received.stream().flatMap(Optional::stream).toList();
    }

    @Override
    public void wakeUp() {
        inbox.add(Optional.empty());
    }

    @Override
    public void close() {
        slots.forEach(Slot::shutDown);
        boolean interrupted = false;
        for (Slot slot : slots) {
            while (slot.thread.isAlive()) {
                try {
                    slot.thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a slot is busy with. */
    private record Task(Attempt attempt, Cancellation cancellation) {}

    private final class Slot implements Runnable {
        private final int index;
        private final SlotWorker worker;
        private final Thread thread;
        private final BlockingQueue<Optional<Task>> handed = new LinkedBlockingQueue<>();
        private Optional<Task> current = Optional.empty();

        private Slot(int index, SlotWorker worker) {
            this.index = index;
            this.worker = worker;
            this.thread = new Thread(this, "evolvent-slot-" + index);
        }

        private synchronized boolean isFree() {
            return current.isEmpty();
        }

        private synchronized void assign(Attempt attempt) {
            current = Optional.of(new Task(attempt, new Cancellation()));
            handed.add(current);
        }

        private synchronized void cancel(Attempt attempt) {
            current.filter(task -> task.attempt().equals(attempt))
                    .ifPresent(task -> task.cancellation().cancel());
        }

        private synchronized void shutDown() {
            current.ifPresent(task -> task.cancellation().cancel());
            handed.add(Optional.empty());
        }

        private synchronized void free() {
            current = Optional.empty();
        }

        @Override
        public void run() {
            worker.prepare();
            try {
                for (Optional<Task> task = handed.take(); task.isPresent(); task = handed.take()) {
                    Attempt attempt = task.get().attempt();
                    inbox.add(Optional.of(new ExecutorEvent.Started(attempt, index, clock.instant())));
                    ExecutorEvent end =
                            worker.run(attempt, task.get().cancellation(), beat -> inbox.add(Optional.of(beat)));
                    // Free before the event is seen: the driver may start the next attempt at once.
                    free();
                    inbox.add(Optional.of(end));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                worker.close();
            }
        }
    }
}
