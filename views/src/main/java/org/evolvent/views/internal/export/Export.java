package org.evolvent.views.internal.export;

import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;

/** Takes a study's numbers to some tool. Files of an earlier export to the same place are written anew. */
public interface Export {
    /** Takes in the next event of the log. */
    void add(Event event);

    /** Lets the tool see what was taken in so far, where it shows what grows. */
    void flush();

    /**
     * Writes what can be told only when nothing follows.
     *
     * @param run to read from
     * @param state after all events that were taken in
     */
    void finish(RunDirectory run, StudyState state);
}
