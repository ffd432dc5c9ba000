package org.evolvent.trainer.internal;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor.Activity;
import org.evolvent.runtime.ExecutorEvent;

/** Does the work of one slot. Called by the slot's own thread, unless a method says otherwise. */
public interface SlotWorker {
    /**
     * Gets ready for an attempt, and waits for a place where one has to be waited for; must not fail, for the attempt will tell. Called
     * before the first attempt and whenever it is not ready.
     */
    void prepare();

    /** Returns whether it can be given an attempt. May be called by any thread. */
    boolean isReady();

    /** Lets a {@link #prepare} that waits return soon, and any later one at once. May be called by any thread. */
    void stopWaiting();

    /** Returns where the slot's place is, or what it waits for; empty on this machine. May be called by any thread. */
    Optional<String> place();

    /** Returns whether an attempt that starts from a checkpoint needs no restore here. May be called by any thread. */
    boolean holds(CheckpointId checkpoint);

    /** Returns what it is doing; empty when it is idle. May be called by any thread. */
    Optional<Activity> activity();

    /**
     * Carries out an attempt as far as the slot is needed for it. Nothing is thrown, here or by what is returned.
     *
     * @param cancellation ends it early
     * @param reports is told how it goes on, before its end
     * @return finishes the attempt and says how it ended; called once, by another thread, while this one goes on to the next attempt
     */
    Supplier<ExecutorEvent> run(Attempt attempt, Cancellation cancellation, Consumer<ExecutorEvent> reports);

    /** Ends what runs. */
    void close();
}
