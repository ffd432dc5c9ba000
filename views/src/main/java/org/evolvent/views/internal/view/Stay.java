package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.List;

/**
 * The time that a slot spent in one place, from the first attempt that ended there to the last.
 *
 * @param place the node and job of the slot, for people; empty on the driver's own machine
 * @param from the seconds of the study at its beginning
 * @param to the seconds of the study at its end
 * @param attempts how many of them ran there
 * @param busy the seconds that these ran
 */
public record Stay(String place, double from, double to, int attempts, double busy) {
    /** Returns those of a slot, the first one first, given what ran in it in this order. */
    static List<Stay> of(List<Ran> ran) {
        List<Stay> stays = new ArrayList<>();
        for (Ran each : ran) {
            int last = stays.size() - 1;
            Stay own = new Stay(
                    each.place(),
                    each.box().from(),
                    each.box().to(),
                    1,
                    each.box().to() - each.box().from());
            if (last >= 0 && stays.get(last).place().equals(own.place())) {
                stays.set(last, stays.get(last).and(own));
            } else {
                stays.add(own);
            }
        }
        return stays;
    }

    private Stay and(Stay next) {
        return new Stay(place, from, Math.max(to, next.to), attempts + next.attempts, busy + next.busy);
    }
}
