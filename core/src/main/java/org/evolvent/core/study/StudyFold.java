package org.evolvent.core.study;

import org.evolvent.core.population.Edit;

/**
 * The fold of a log that grows, for whoever never looks back: it changes its population in place, which spares most of what a decision in a
 * large population would copy. It alone can change what it shows. Not thread-safe.
 */
public final class StudyFold {
    private StudyState now;
    private Edit edit = new Edit();

    /**
     * Creates one.
     *
     * @param from where it begins; immutable, and stays as it is
     */
    public StudyFold(StudyState from) {
        this.now = from;
    }

    /**
     * Takes in an event that continues the log.
     *
     * @throws IllegalStateException when it cannot follow the others; the fold must not be used any more
     */
    public void add(Event event) {
        now = now.after(event, edit);
    }

    /** Returns the state after the events so far, at no cost: to be read until the next event is taken in, and not to be kept. */
    public StudyState now() {
        return now;
    }

    /** Returns the state after the events so far, immutable and to be kept; costs O(1) now, and about as much as some decisions later. */
    public StudyState state() {
        now = now.ended(edit);
        edit = new Edit();
        return now;
    }
}
