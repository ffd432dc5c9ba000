package org.evolvent.trainer.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.place.Launcher;

/** An executor whose slots run programs, here or in places that are lent: a {@link SlotPool} and what watches over the programs, which end with it. */
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

    private final Watchdog watchdog;
    private final Timekeeper timekeeper = new Timekeeper();
    private final SlotPool pool;

    /**
     * Starts the threads of the slots.
     *
     * @param launch what they run; has as many slots as there will be
     * @param workers make what works in them
     * @param clock for timestamps
     */
    protected ProgramExecutor(Launch launch, Workers workers, InstantSource clock) {
        this.watchdog = new Watchdog(launch.launcher().map(Launcher::farewell).orElse(List.of()));
        List<SlotWorker> each = IntStream.range(0, launch.slots().size())
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
    public final void finish(Attempt attempt) {
        pool.finish(attempt);
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
    public final List<String> places() {
        return pool.places();
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
