package org.evolvent.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evolvent.core.study.Attempt;

/**
 * Runs attempts on slots: threads, processes, a cluster, or simulated time. It decides nothing. What happens comes back as
 * {@link ExecutorEvent}s through {@link #await}; every started attempt ends in exactly one of {@code Done},
 * {@code Failed}, {@code Lost}, {@code Suspended} or {@code Unrestorable}, cancelled ones included.
 *
 * <p>One thread, the driver's, calls everything but {@link #wakeUp} and {@link #activities}.
 */
public interface Executor extends AutoCloseable {
    /** What is being done for an attempt. */
    enum Phase {
        /** Its program starts, or makes fresh weights. */
        STARTS,
        /** It reads the weights that it goes on from. */
        RESTORES,
        /** It trains, and measures what came of it. */
        TRAINS,
        /** What it restored is measured. */
        EVALUATES,
        /** It writes its weights. */
        SAVES
    }

    /**
     * What a slot is doing.
     *
     * @param since when the phase began
     * @param heard when the trainer last said anything, be it progress or a line of log; where nobody can tell, when the phase began
     */
    record Activity(int slot, Attempt attempt, Phase phase, Instant since, Instant heard) {}

    /** Returns what the slots that are busy are doing at this moment; empty, the default, when that cannot be told. May be called by any thread. */
    default List<Activity> activities() {
        return List.of();
    }

    /**
     * Returns where the slots are that are not on this machine, or what they wait for, each in a line for people; empty by default. May be
     * called by any thread.
     */
    default List<String> places() {
        return List.of();
    }

    /** Returns how many attempts can run at the same time, at least 1. A slot that waits for its place counts. */
    int slots();

    /**
     * Returns how many attempts may be under way, running or waiting for a slot; at least {@link #slots}, which is the default. An
     * executor whose slots are all alike can take a few more, so that no slot waits for the driver between two attempts.
     */
    default int capacity() {
        return slots();
    }

    /**
     * Returns how many more attempts would be trained at once, or so soon that it pays to hand them over already; may be negative. What
     * becomes of a member that waits for a slot is decided when there is one, so the fewer an executor takes ahead of time, the more is
     * known. When the number rises without an event, {@link #await} returns.
     *
     * @param underWay how many attempts have been started and have not been reported as ended
     */
    default int free(int underWay) {
        return slots() - underWay;
    }

    /**
     * Begins an attempt as soon as a slot is free, preferably on one that still holds the weights it starts from. Never blocks; at most
     * {@link #capacity} attempts may be under way.
     */
    void start(Attempt attempt);

    /** Asks an attempt to end soon. Never blocks; unknown attempts are ignored. */
    void cancel(Attempt attempt);

    /**
     * Asks an attempt to end its training at the next step, and to save what it has trained so far; it is then reported as
     * {@code Suspended}, or as {@code Done} if it had come to its end. Where that cannot be asked of its trainer, or nothing is trained yet,
     * it is {@linkplain #cancel cancelled}, which is the default. Never blocks; unknown attempts are ignored.
     */
    default void finish(Attempt attempt) {
        cancel(attempt);
    }

    /**
     * Waits for events.
     *
     * @param atMost how long to wait
     * @return what happened since the last call, in order; empty when the time is up or {@link #wakeUp} was called
     */
    List<ExecutorEvent> await(Duration atMost);

    /** Makes the current or the next {@link #await} return at once. May be called by any thread. */
    void wakeUp();

    /**
     * Ends all attempts and releases all slots. Returns within seconds, whatever trainers do; what one of them does later reaches no
     * checkpoint and no event. Closing twice does nothing.
     */
    @Override
    void close();
}
