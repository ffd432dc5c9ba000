package org.evolvent.views.internal.export;

import java.util.Map;
import org.evolvent.core.study.Event;
import org.jspecify.annotations.Nullable;

/** Whoever takes rows of the tables {@code members}, {@code intervals}, {@code decisions} and {@code lineage}. */
@FunctionalInterface
interface Tables {
    /**
     * Takes a row.
     *
     * @param table its table
     * @param row by columns; {@code metrics}, {@code hyperparameters}, {@code evidence}, {@code before} and {@code after} are maps
     */
    void row(String table, Map<String, @Nullable Object> row);

    /**
     * Takes the rows that an event makes.
     *
     * @param number the event's place in the log, from 1
     */
    default void rows(long number, Event event) {
        if (event instanceof Event.IntervalFinished finished) {
            row("intervals", Rows.finished(number, finished));
            row("lineage", Rows.lineage(finished));
        } else if (event instanceof Event.IntervalSuspended suspended) {
            row("intervals", Rows.suspended(number, suspended));
        } else if (event instanceof Event.AttemptFailed failed) {
            row("intervals", Rows.failed(number, failed));
        } else if (event instanceof Event.Decided decided) {
            row("decisions", Rows.decision(number, decided));
        }
    }
}
