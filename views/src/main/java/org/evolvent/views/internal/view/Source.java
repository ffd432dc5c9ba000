package org.evolvent.views.internal.view;

import java.util.Optional;
import org.evolvent.views.internal.history.History;

/**
 * What views are made of.
 *
 * @param history what happened
 * @param directory the run directory, as people name it
 * @param driver who drives the run at this moment, in words; empty when nobody does
 * @param slots how many attempts run at the same time; at least as many as ever ran
 * @param asksForBaseline whether its study file asks for random search with the same budget
 * @param isReading whether more is in the log, which is still being read
 */
public record Source(
        History history,
        String directory,
        Optional<String> driver,
        int slots,
        boolean asksForBaseline,
        boolean isReading) {
    public Source {
        slots = Math.max(slots, history.slots());
    }
}
