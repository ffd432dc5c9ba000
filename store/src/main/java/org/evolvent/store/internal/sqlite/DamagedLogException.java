package org.evolvent.store.internal.sqlite;

import java.nio.file.Path;
import org.evolvent.runtime.EvolventException;

/** The log is not as it was written: an event was changed, one is missing, or the database is malformed. */
public final class DamagedLogException extends EvolventException {
    private final long trusted;

    DamagedLogException(String message, long trusted) {
        super(message);
        this.trusted = trusted;
    }

    /** Returns one that says how to go on with the beginning of the log, if there is one that can be trusted. */
    DamagedLogException withTrusted(Path file, long events) {
        String way = "\nOr go on from event %s: evolvent resume %s --keep-events %s"
                .formatted(events, file.toAbsolutePath().getParent(), events);
        return events > trusted && events >= Salvage.FEWEST_EVENTS
                ? new DamagedLogException(getMessage() + way, events)
                : this;
    }

    /** Returns how many events from the beginning on are as they were written. */
    public long trusted() {
        return trusted;
    }
}
