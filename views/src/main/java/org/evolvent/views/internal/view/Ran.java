package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.evolvent.views.internal.history.Failure;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.evolvent.views.internal.history.Part;
import org.evolvent.views.internal.view.Slots.Box;

/**
 * An attempt in a slot.
 *
 * @param box what is seen of it
 * @param training the seconds that it trained and that count
 * @param place where the slot was then; empty on the driver's own machine
 */
record Ran(Box box, double training, String place) {
    /** Returns those of each slot, the first one first. */
    static List<List<Ran>> of(History history) {
        boolean[] isBest = new boolean[history.intervals().size()];
        history.best()
                .ifPresent(best -> history.ancestry(best.index()).forEach(interval -> isBest[interval.index()] = true));
        List<List<Ran>> slots = new ArrayList<>();
        for (Interval each : history.intervals()) {
            String kind = isBest[each.index()] ? "best" : "trained";
            Box box = new Box(each.started(), each.finished(), each.member(), each.interval(), kind, 1);
            at(slots, each.slot()).add(new Ran(box, each.training(), each.place()));
        }
        for (Part each : history.parts()) {
            Box box = new Box(each.started(), each.finished(), each.member(), each.interval(), "part", 1);
            at(slots, each.slot()).add(new Ran(box, each.training(), each.place()));
        }
        for (Failure each : history.failures()) {
            String kind = each.isTrainers() ? "failed" : "lost";
            Box box = new Box(each.started(), each.finished(), each.member(), each.interval(), kind, 1);
            at(slots, each.slot()).add(new Ran(box, 0, each.place()));
        }
        slots.forEach(
                own -> own.sort(Comparator.comparingDouble(each -> each.box().from())));
        return slots;
    }

    private static List<Ran> at(List<List<Ran>> slots, int slot) {
        while (slots.size() <= slot) {
            slots.add(new ArrayList<>());
        }
        return slots.get(slot);
    }
}
