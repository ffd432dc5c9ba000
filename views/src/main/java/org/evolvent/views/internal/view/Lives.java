package org.evolvent.views.internal.view;

import org.evolvent.core.population.Member;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/** Which weights have living descendants: themselves, or what was trained from them, is held by a member of the population. */
public final class Lives {
    private Lives() {}

    /** Returns for each interval, by its index, how many members of the population descend from its weights. */
    public static int[] of(History history) {
        int[] living = new int[history.intervals().size()];
        for (Member member : history.state().population()) {
            int held = member.isPresent() ? history.holds(member) : -1;
            if (held >= 0) {
                living[held]++;
            }
        }
        for (int i = living.length - 1; i >= 0; i--) {
            Interval interval = history.intervals().get(i);
            if (interval.parent() >= 0) {
                living[interval.parent()] += living[i];
            }
        }
        return living;
    }
}
