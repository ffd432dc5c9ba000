package org.evolvent.views.internal.export;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.study.Event;
import org.jspecify.annotations.Nullable;

/** Whoever takes rows of the tables {@code members}, {@code intervals}, {@code decisions} and {@code lineage}. */
abstract class Tables {
    private Optional<Instant> latest = Optional.empty();

    /**
     * Takes a row.
     *
     * @param table its table
     * @param row by columns; {@code metrics}, {@code hyperparameters}, {@code evidence}, {@code before} and {@code after} are maps
     */
    abstract void row(String table, Map<String, @Nullable Object> row);

    /**
     * Takes the rows that an event makes. A decision follows at once on what was before it, and has its time.
     *
     * @param number the event's place in the log, from 1
     */
    final void rows(long number, Event event) {
        latest = time(event).or(() -> latest);
        if (event instanceof Event.IntervalFinished finished) {
            row("intervals", Rows.finished(number, finished));
            row("lineage", Rows.lineage(finished));
        } else if (event instanceof Event.IntervalSuspended suspended) {
            row("intervals", Rows.suspended(number, suspended));
        } else if (event instanceof Event.AttemptFailed failed) {
            row("intervals", Rows.failed(number, failed));
        } else if (event instanceof Event.Decided decided) {
            row("decisions", Rows.decision(number, decided, latest));
        }
    }

    private static Optional<Instant> time(Event event) {
        if (event instanceof Event.IntervalFinished finished) {
            return Optional.of(finished.execution().finishedAt());
        }
        if (event instanceof Event.IntervalSuspended suspended) {
            return Optional.of(suspended.execution().finishedAt());
        }
        if (event instanceof Event.AttemptFailed failed) {
            return Optional.of(failed.execution().finishedAt());
        }
        if (event instanceof Event.StudyCreated created) {
            return Optional.of(created.at());
        }
        if (event instanceof Event.StudyResumed resumed) {
            return Optional.of(resumed.at());
        }
        if (event instanceof Event.StudyAmended amended) {
            return Optional.of(amended.at());
        }
        return event instanceof Event.CheckpointsLost lost ? Optional.of(lost.at()) : Optional.empty();
    }
}
