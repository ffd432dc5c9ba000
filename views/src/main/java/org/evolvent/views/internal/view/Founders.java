package org.evolvent.views.internal.view;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.evolvent.core.population.Member;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/** In which members the weights began that there are. */
final class Founders {
    private Founders() {}

    /**
     * Returns the training steps behind the first result after which all living models descended from one founder; empty when they do not,
     * or the population is one.
     */
    static OptionalLong oneSince(History history) {
        int living = 0;
        for (Member member : history.state().population()) {
            living += member.isPresent() ? 1 : 0;
        }
        int[] founders = new int[history.intervals().size()];
        Map<Integer, Integer> held = new HashMap<>();
        Map<Integer, Integer> holders = new HashMap<>();
        OptionalLong since = OptionalLong.empty();
        for (Interval interval : history.intervals()) {
            int founder = interval.parent() < 0 ? interval.index() : founders[interval.parent()];
            founders[interval.index()] = founder;
            if (!history.member(interval.member()).isPresent()) {
                continue;
            }
            Integer before = held.put(interval.member(), founder);
            if (before == null || before != founder) {
                if (before != null && holders.merge(before, -1, Integer::sum) == 0) {
                    holders.remove(before);
                }
                holders.merge(founder, 1, Integer::sum);
            }
            if (holders.size() > 1 || held.size() < living) {
                since = OptionalLong.empty();
            } else if (since.isEmpty()) {
                since = OptionalLong.of(interval.to());
            }
        }
        return living > 1 ? since : OptionalLong.empty();
    }
}
