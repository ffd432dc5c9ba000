package org.evolvent.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StudyState;

/** Watches a study from the driver's thread; it must be quick and must not throw. */
public interface StudyListener {
    /**
     * Called once, before anything else.
     *
     * @param activities tells at any time, and any thread, what the slots are doing; see {@link Executor#activities}
     */
    default void watching(Supplier<List<Executor.Activity>> activities) {}

    /**
     * Called once, when the log has been read and before anything is trained.
     *
     * @param earlier what the sessions before this one came to
     */
    default void recovered(Facts earlier) {}

    /**
     * Called after events were committed (or, on resuming, read).
     *
     * @param state gives the state after these events, which may be kept and passed to other threads; to be asked during this call only. In
     *     a large population to ask costs as much as some decisions
     * @param events what was committed; empty on resuming
     */
    default void committed(Supplier<StudyState> state, List<? extends Event> events) {}

    /** Called for every event of the executor, before it is handled. */
    default void reported(ExecutorEvent event) {}

    /**
     * Called when something happened that people should know of and that no event tells.
     *
     * @param message what happened
     */
    default void warned(String message) {}

    /**
     * Called when the study pauses because a medium is full, read-only or failing, and again whenever it has tried in vain.
     *
     * @param reason what is the matter, for people
     */
    default void paused(String reason) {}

    /** Called when a paused study goes on. */
    default void unpaused() {}
}
