package org.evolvent.runtime;

import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;

/**
 * What a log comes to after its first events. Kept beside the log it spares reading those again; it never says anything that the log
 * does not. Immutable.
 *
 * @param events the number of events that it folds
 * @param state their fold
 * @param facts their other fold
 */
public record Snapshot(long events, StudyState state, Facts facts) {
    /** Returns what an empty log comes to. */
    public static Snapshot initial(Study study) {
        return new Snapshot(0, StudyState.initial(study), Facts.NONE);
    }

    /**
     * Returns what a log comes to at its end.
     *
     * @param from what its first events come to; those are not read again
     * @param events the log
     * @param reader is shown each event that is read, before it is folded
     * @throws EvolventException when the log cannot be read, or an event cannot follow on those before it
     */
    public static Snapshot atTheEnd(Snapshot from, EventStore events, Consumer<Event> reader) {
        Fold fold = new Fold(from, reader);
        events.read(from.events, fold);
        return new Snapshot(fold.count, fold.state.state(), fold.facts);
    }

    /** Returns the snapshot after an event that continues the log. */
    public Snapshot after(Event event) {
        return new Snapshot(events + 1, state.after(event), facts.after(event));
    }

    /** A reading of a log. */
    private static final class Fold implements Consumer<Event> {
        private final Consumer<Event> reader;
        private long count;
        private final StudyFold state;
        private Facts facts;

        private Fold(Snapshot from, Consumer<Event> reader) {
            this.reader = reader;
            this.count = from.events;
            this.state = new StudyFold(from.state);
            this.facts = from.facts;
        }

        @Override
        public void accept(Event event) {
            reader.accept(event);
            count++;
            try {
                state.add(event);
                facts = facts.after(event);
            } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                throw new EvolventException(
                        "Event %s of the log cannot follow on those before it: %s\nMaybe somebody changed it, or the study file: evolvent verify says more."
                                .formatted(count, e.getMessage()),
                        e);
            }
        }
    }
}
