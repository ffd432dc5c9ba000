package org.evolvent.fuzz;

import java.nio.charset.StandardCharsets;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.json.EventJson;

/** Whatever a row of the log says, it is refused or is an event that is written and read again without a change. */
public final class EventTarget {
    private EventTarget() {}

    /** Loads what it needs before any time is taken. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("{\"v\":1}".getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one event. */
    public static void fuzzerTestOneInput(byte[] input) {
        Event event;
        try {
            event = EventJson.read(1, new String(input, StandardCharsets.UTF_8));
        } catch (EvolventException e) {
            Law.holds(e.getMessage().startsWith("Event 1 of the log"), "the event is named");
            Law.readable(e.getMessage());
            return;
        }
        String written = EventJson.write(event);
        // As a file keeps it.
        String kept = new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Event again = EventJson.read(1, kept);
        Law.equal(again, event);
        Law.equal(EventJson.write(again), written);
    }
}
