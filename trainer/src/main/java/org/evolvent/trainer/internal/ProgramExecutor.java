package org.evolvent.trainer.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/** An executor whose slots run programs on this machine: a {@link SlotPool} and what watches over the programs, which end with it. */
public abstract class ProgramExecutor implements Executor {
    /** Makes the worker of a slot. */
    public interface Workers {
        /**
         * Makes one.
         *
         * @param slot from 0
         * @param watchdog ends its programs when this JVM ends
         * @param timekeeper ends those that take too long
         */
        SlotWorker of(int slot, Watchdog watchdog, Timekeeper timekeeper);
    }

    private final Watchdog watchdog = new Watchdog();
    private final Timekeeper timekeeper = new Timekeeper();
    private final SlotPool pool;

    /**
     * Starts the threads of the slots.
     *
     * @param slots how many there are, at least 1
     * @param workers make what works in them
     * @param clock for timestamps
     */
    protected ProgramExecutor(int slots, Workers workers, InstantSource clock) {
        List<SlotWorker> each = IntStream.range(0, slots)
                .mapToObj(slot -> workers.of(slot, watchdog, timekeeper))
                .toList();
        this.pool = new SlotPool(each, clock);
    }

    @Override
    public final int slots() {
        return pool.slots();
    }

    @Override
    public final int capacity() {
        return pool.capacity();
    }

    @Override
    public final int free(int underWay) {
        return pool.free(underWay);
    }

    @Override
    public final void start(Attempt attempt) {
        pool.start(attempt);
    }

    @Override
    public final void cancel(Attempt attempt) {
        pool.cancel(attempt);
    }

    @Override
    public final List<ExecutorEvent> await(Duration atMost) {
        return pool.await(atMost);
    }

    @Override
    public final List<Activity> activities() {
        return pool.activities();
    }

    @Override
    public final void wakeUp() {
        pool.wakeUp();
    }

    @Override
    public final void close() {
        pool.close();
        timekeeper.close();
        watchdog.close();
    }
}
