package org.evolvent.runtime;

import java.util.List;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;

/** Watches a study from the driver's thread; it must be quick and must not throw. */
public interface StudyListener {
    /** Called after events were committed (or, on resuming, read). */
    default void committed(StudyState state, List<? extends Event> events) {}

    /** Called for every event of the executor, before it is handled. */
    default void reported(ExecutorEvent event) {}
}
