package org.evolvent.trainer.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor with one thread for each slot, which leaves the work to {@link SlotWorker}s. An attempt goes to a free slot that holds its
 * parent checkpoint if there is one; a few more can wait for a slot. A slot that waits for a place takes none. A slot does not wait for the end of an attempt's paperwork: its
 * checkpoint is committed by another thread while the slot trains the next one.
 */
public final class SlotPool implements Executor {
    /** One that runs, one whose checkpoint is being committed or that the driver looks at, and one that is next. */
    private static final int PER_SLOT = 3;

    /** Of intervals that are shorter a slot takes one ahead of time: between two it waits for 2 milliseconds otherwise. */
    private static final Duration SHORT = Duration.ofMillis(200);

    /** How soon a slot notices that it has lost its place while it has nothing to do. */
    private static final Duration PERIOD = Duration.ofMillis(250);

    /** Trainers have two seconds to stop by themselves. */
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(SlotPool.class);

    private final List<Slot> slots = new ArrayList<>();
    private final List<Task> queued = new ArrayList<>();
    private final ExecutorService finishing;
    private final InstantSource clock;
    private final Inbox inbox = new Inbox();
    private final Pace pace = new Pace(SHORT, PER_SLOT - 1);

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
        this.finishing = Executors.newFixedThreadPool(slots.size(), task -> daemon(task, "evolvent-finishing"));
        slots.forEach(slot -> slot.thread.start());
    }

    /** Whatever hangs must not keep the JVM from its end. */
    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public int slots() {
        return slots.size();
    }

    @Override
    public int capacity() {
        return PER_SLOT * slots.size();
    }

    /** A slot that has trained is free while its checkpoint is committed. */
    @Override
    public synchronized int free(int underWay) {
        long open = slots.stream().filter(slot -> slot.isOpen).count();
        long idle = slots.stream().filter(Slot::isIdle).count();
        return (int) (idle + pace.ahead() * open) - queued.size();
    }

    @Override
    public synchronized void start(Attempt attempt) {
        Task task = new Task(attempt, new Cancellation());
        Optional<Slot> chosen = Optional.empty();
        for (Slot slot : slots) {
            if (slot.isIdle() && (chosen.isEmpty() || slot.isHotFor(task))) {
                chosen = Optional.of(slot);
            }
        }
        if (chosen.isPresent()) {
            chosen.get().assign(task);
        } else {
            queued.add(task);
        }
    }

    @Override
    public void cancel(Attempt attempt) {
        end(attempt, Cancellation::cancel);
    }

    @Override
    public void finish(Attempt attempt) {
        end(attempt, Cancellation::finish);
    }

    private synchronized void end(Attempt attempt, Consumer<Cancellation> how) {
        for (Slot slot : slots) {
            slot.current
                    .filter(task -> task.attempt().equals(attempt))
                    .ifPresent(task -> how.accept(task.cancellation()));
        }
        for (Task task : List.copyOf(queued)) {
            if (task.attempt().equals(attempt)) {
                drop(task);
            }
        }
    }

    private synchronized void drop(Task task) {
        queued.remove(task);
        Instant now = clock.instant();
        Execution nowhere = new Execution(0, now, now, Duration.ZERO);
        inbox.add(new ExecutorEvent.Lost(task.attempt(), "it was cancelled", nowhere));
    }

    /** Frees a slot, or gives it the next of the queue, preferably one that needs no restore there; none while it is not ready. */
    private synchronized void next(Slot slot) {
        slot.current = Optional.empty();
        slot.isOpen = slot.worker.isReady();
        if (!slot.isOpen) {
            return;
        }
        Optional<Task> chosen = queued.stream()
                .filter(slot::isHotFor)
                .findFirst()
                .or(() -> queued.stream().findFirst());
        chosen.ifPresent(task -> {
            queued.remove(task);
            slot.assign(task);
        });
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        return inbox.await(atMost);
    }

    @Override
    public List<Activity> activities() {
        return slots.stream().flatMap(slot -> slot.worker.activity().stream()).toList();
    }

    @Override
    public List<String> places() {
        return slots.stream()
                .flatMap(slot -> slot.worker.place().stream().map(place -> "slot %s: %s".formatted(slot.index, place)))
                .toList();
    }

    @Override
    public void wakeUp() {
        inbox.wakeUp();
    }

    @Override
    public void close() {
        synchronized (this) {
            List.copyOf(queued).forEach(this::drop);
            slots.forEach(Slot::shutDown);
        }
        Patience patience = new Patience(TIME_TO_CLOSE);
        List<String> late = slots.stream()
                .map(slot -> slot.thread)
                .filter(thread -> !patience.join(thread))
                .map(Thread::getName)
                .toList();
        if (late.isEmpty()) {
            finishing.shutdown();
        }
        if (!late.isEmpty() || !patience.join(finishing)) {
            LOG.warn("What runs on the slots does not come to an end; it is left behind: {}", late);
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
        private boolean isOpen;

        private Slot(int index, SlotWorker worker) {
            this.index = index;
            this.worker = worker;
            this.isOpen = worker.isReady();
            this.thread = daemon(this, "evolvent-slot-" + index);
        }

        private boolean isHotFor(Task task) {
            Optional<CheckpointRef> parent = task.attempt().parent();
            return parent.isPresent() && worker.holds(parent.get().id());
        }

        private boolean isIdle() {
            return isOpen && current.isEmpty();
        }

        private void assign(Task task) {
            current = Optional.of(task);
            handed.add(current);
        }

        private void shutDown() {
            current.ifPresent(task -> task.cancellation().cancel());
            worker.stopWaiting();
            handed.add(Optional.empty());
        }

        private Supplier<ExecutorEvent> carryOut(Task task) {
            try {
                return worker.run(task.attempt(), task.cancellation(), inbox::add);
            } catch (Throwable e) { // An error of the JVM, such as no memory; an attempt without an end would hang the
                // study.
                return () -> lost(task.attempt(), e);
            }
        }

        private ExecutorEvent finish(Attempt attempt, Supplier<ExecutorEvent> rest) {
            try {
                return rest.get();
            } catch (Throwable e) { // As above.
                return lost(attempt, e);
            }
        }

        private ExecutorEvent lost(Attempt attempt, Throwable e) {
            LOG.error("{} was lost", attempt, e);
            Instant now = clock.instant();
            Execution execution = new Execution(index, now, now, Duration.ZERO);
            return new ExecutorEvent.Lost(attempt, e.toString(), StorageException.kindOf(e), execution);
        }

        /** Waits for work, and before that for a place if there is none; returns nothing when it is time to end. */
        private Optional<Task> await() throws InterruptedException {
            while (true) {
                if (!isOpen()) {
                    if (!worker.isReady()) {
                        worker.prepare();
                    }
                    next(this);
                    wakeUp();
                }
                Optional<Task> task = handed.poll(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                if (task != null) {
                    return task;
                }
            }
        }

        private boolean isOpen() {
            synchronized (SlotPool.this) {
                isOpen &= current.isPresent() || worker.isReady();
                return isOpen;
            }
        }

        @Override
        public void run() {
            worker.prepare();
            try {
                for (Optional<Task> task = await(); task.isPresent(); task = await()) {
                    Attempt attempt = task.get().attempt();
                    inbox.add(new ExecutorEvent.Started(attempt, index, clock.instant()));
                    Instant begun = clock.instant();
                    Supplier<ExecutorEvent> rest = carryOut(task.get());
                    pace.note(Duration.between(begun, clock.instant()));
                    // Before the event is seen: the driver may start the next attempt at once.
                    next(this);
                    // There may be somebody else to train while this checkpoint is committed.
                    wakeUp();
                    finishing.execute(() -> inbox.add(finish(attempt, rest)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                worker.close();
            }
        }
    }
}
