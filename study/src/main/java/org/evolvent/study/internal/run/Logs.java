package org.evolvent.study.internal.run;

import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;

/** Reads logs, whoever wrote them. */
public final class Logs {
    private Logs() {}

    /**
     * Gives all events to a reader that follows what they tell, and so refuses what cannot have happened.
     *
     * @throws EvolventException when it refuses one, naming it, or the log cannot be read
     */
    public static void read(EventStore events, Consumer<? super Event> reader) {
        events.read(new Consumer<Event>() {
            private long seq;

            @Override
            public void accept(Event event) {
                seq++;
                try {
                    reader.accept(event);
                } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                    throw new EvolventException(
                            "Event %s of the log cannot follow on those before it: %s\nMaybe somebody changed it, or the study file: evolvent verify says more."
                                    .formatted(seq, e.getMessage()),
                            e);
                }
            }
        });
    }
}
