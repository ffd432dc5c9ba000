package org.evolvent.trainer.internal.thread;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.internal.Evaluations;
import org.evolvent.trainer.internal.Inbox;
import org.evolvent.trainer.internal.Pace;
import org.evolvent.trainer.internal.Patience;
import org.evolvent.trainer.internal.SlotState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains in this JVM, on one thread for each slot. Trainers stay in memory between the intervals of their member, so that one that goes
 * on where it was is neither created nor restored.
 *
 * <p>A running {@code train} cannot be ended from outside. Cancelling and closing interrupt its thread, and closing gives it some seconds
 * to return; a trainer with long intervals should look at {@link Thread#interrupted()} now and then. One that does not is left behind on a
 * daemon thread, which ends with the JVM; what it still does reaches no checkpoint.
 */
public final class ThreadExecutor implements Executor {
    /** Enough to keep a thread busy while the driver commits what the others have finished. */
    private static final int QUEUED_PER_SLOT = 4;

    /** Of intervals that are shorter a thread takes one ahead of time. */
    private static final Duration SHORT = Duration.ofMillis(5);

    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(4);
    private static final Logger LOG = LoggerFactory.getLogger(ThreadExecutor.class);

    private final int slots;
    private final InstantSource clock;
    private final IntervalRunner runner;
    private final HotTrainers resting;
    private final ExecutorService threads;
    private final ThreadLocal<Integer> slot;
    private final Inbox inbox = new Inbox();
    private final Pace pace = new Pace(SHORT, QUEUED_PER_SLOT - 1);
    private final List<SlotState> states;
    private final ConcurrentMap<Attempt, Run> running = new ConcurrentHashMap<>();

    /**
     * Starts the threads.
     *
     * @param factory makes the trainers
     * @param checkpoints where they save and restore
     * @param slots the number of attempts at the same time, at least 1
     * @param hot the number of trainers to keep in memory between intervals, at least 0; the size of the population keeps all
     * @param evaluations which of the checkpoints that are restored are evaluated before they are trained
     * @param clock for timestamps
     */
    public ThreadExecutor(
            TrainerFactory factory,
            CheckpointStore checkpoints,
            int slots,
            int hot,
            Evaluations evaluations,
            InstantSource clock) {
        if (slots < 1) {
            throw new IllegalArgumentException("The number of slots is %s but must be at least 1".formatted(slots));
        }
        if (hot < 0) {
            throw new IllegalArgumentException(
                    "The number of hot trainers is %s but must be at least 0".formatted(hot));
        }
        this.slots = slots;
        this.clock = clock;
        this.states = IntStream.range(0, slots)
                .mapToObj(index -> new SlotState(index, clock))
                .toList();
        this.resting = new HotTrainers(hot);
        this.runner = new IntervalRunner(factory, checkpoints, resting, evaluations, clock);
        AtomicInteger threadCount = new AtomicInteger();
        this.slot = ThreadLocal.withInitial(() -> threadCount.getAndIncrement() % slots);
        AtomicInteger named = new AtomicInteger();
        this.threads =
                Executors.newFixedThreadPool(slots, task -> daemon(task, "evolvent-slot-" + named.getAndIncrement()));
    }

    /** Starts threads that evaluate nothing but what they have trained. */
    public ThreadExecutor(
            TrainerFactory factory, CheckpointStore checkpoints, int slots, int hot, InstantSource clock) {
        this(factory, checkpoints, slots, hot, Evaluations.none(), clock);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int capacity() {
        return QUEUED_PER_SLOT * slots;
    }

    @Override
    public int free(int underWay) {
        return slots * (1 + pace.ahead()) - running.size();
    }

    @Override
    public void start(Attempt attempt) {
        Run run = new Run(attempt);
        running.put(attempt, run);
        threads.execute(run);
    }

    @Override
    public void cancel(Attempt attempt) {
        Run run = running.get(attempt);
        if (run != null) {
            run.cancel();
        }
    }

    @Override
    public void finish(Attempt attempt) {
        Run run = running.get(attempt);
        if (run != null && !run.finishing.ask()) {
            run.cancel();
        }
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        return inbox.await(atMost);
    }

    @Override
    public List<Activity> activities() {
        return states.stream().flatMap(state -> state.activity().stream()).toList();
    }

    @Override
    public void wakeUp() {
        inbox.wakeUp();
    }

    @Override
    public void close() {
        runner.close();
        threads.shutdownNow();
        Patience patience = new Patience(TIME_TO_CLOSE);
        if (!patience.join(threads)) {
            LOG.warn("A trainer does not react to the interrupt of its thread; it is left behind");
        }
        Thread closing = daemon(this::closeResting, "evolvent-closing");
        closing.start();
        if (!patience.join(closing)) {
            LOG.warn("A trainer does not come to the end of its close(); it is left behind");
        }
    }

    private void closeResting() {
        for (Optional<HotTrainers.Hot> hot = resting.takeAny(); hot.isPresent(); hot = resting.takeAny()) {
            IntervalRunner.close(hot.get().trainer());
        }
    }

    /** A trainer that never returns must not keep the JVM from its end. */
    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** One attempt on its way through a thread. */
    private final class Run implements Runnable {
        private final Attempt attempt;
        private final Finishing finishing = new Finishing();
        private Optional<Thread> thread = Optional.empty();
        private boolean cancelled;

        private Run(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void run() {
            inbox.add(new ExecutorEvent.Started(attempt, slot.get(), clock.instant()));
            enter(Thread.currentThread());
            Instant begun = clock.instant();
            ExecutorEvent end =
                    runner.run(attempt, slot.get(), states.get(slot.get()), finishing, this::isCancelled, inbox::add);
            states.get(slot.get()).rests();
            pace.note(Duration.between(begun, clock.instant()));
            leave();
            running.remove(attempt);
            inbox.add(end);
        }

        private synchronized void enter(Thread current) {
            thread = Optional.of(current);
            if (cancelled) {
                current.interrupt();
            }
        }

        private synchronized void leave() {
            thread = Optional.empty();
            // An interrupt that came too late must not hit the next attempt of this thread.
            Thread.interrupted();
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        private synchronized void cancel() {
            cancelled = true;
            thread.ifPresent(Thread::interrupt);
        }
    }
}
