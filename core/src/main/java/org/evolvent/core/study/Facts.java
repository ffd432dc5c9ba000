package org.evolvent.core.study;

import java.time.Duration;
import java.time.Instant;

/**
 * What people and programs ask of a log beside its {@link StudyState}: another fold of the same events, on which no decision depends.
 * Immutable.
 *
 * @param definition the study as it was asked for, from the first event or the latest amendment; empty before
 * @param amendments how often it was amended
 * @param digest names all that was decided and reached
 * @param before how long the sessions before the present one lasted
 * @param begun when the present session began
 * @param latest when something ended last in it; not before {@code begun}
 * @param training the time that slots spent training, all slots together, failed attempts included
 */
public record Facts(
        String definition,
        int amendments,
        StateDigest digest,
        Duration before,
        Instant begun,
        Instant latest,
        Duration training) {
    /** The facts of an empty log. */
    public static final Facts NONE =
            new Facts("", 0, StateDigest.NONE, Duration.ZERO, Instant.EPOCH, Instant.EPOCH, Duration.ZERO);

    /** Returns the facts after an event that continues the log. */
    public Facts after(Event event) {
        StateDigest after = digest.after(event);
        if (event instanceof Event.StudyCreated created) {
            return new Facts(created.definition(), 0, after, before, created.at(), created.at(), training);
        }
        if (event instanceof Event.StudyAmended amended) {
            return new Facts(amended.definition(), amendments + 1, after, before, begun, latest, training);
        }
        if (event instanceof Event.StudyResumed resumed) {
            return new Facts(definition, amendments, after, elapsed(), resumed.at(), resumed.at(), training);
        }
        if (event instanceof Event.IntervalFinished finished) {
            return ended(after, finished.execution());
        }
        if (event instanceof Event.IntervalSuspended suspended) {
            return ended(after, suspended.execution());
        }
        if (event instanceof Event.AttemptFailed failed) {
            return ended(after, failed.execution());
        }
        if (event instanceof Event.CheckpointsLost lost) {
            return new Facts(definition, amendments, after, before, begun, later(lost.at()), training);
        }
        if (event instanceof Event.StudyEnded ended) {
            return new Facts(definition, amendments, after, before, begun, later(ended.at()), training);
        }
        return new Facts(definition, amendments, after, before, begun, latest, training);
    }

    /** Returns how long the study ran, over all its sessions; of each, until something ended in it last. */
    public Duration elapsed() {
        return elapsedAt(latest);
    }

    /** Returns how long the study had run at a moment of the present session; before its beginning, as long as the others lasted. */
    public Duration elapsedAt(Instant moment) {
        return moment.isAfter(begun) ? before.plus(Duration.between(begun, moment)) : before;
    }

    private Facts ended(StateDigest after, Execution execution) {
        return new Facts(
                definition,
                amendments,
                after,
                before,
                begun,
                later(execution.finishedAt()),
                training.plus(execution.training()));
    }

    private Instant later(Instant at) {
        return at.isAfter(latest) ? at : latest;
    }
}
