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
 */
public record Source(History history, String directory, Optional<String> driver, int slots, boolean asksForBaseline) {
    public Source {
        slots = Math.max(slots, history.slots());
    }
}
