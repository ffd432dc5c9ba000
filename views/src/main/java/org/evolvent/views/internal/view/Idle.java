package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.evolvent.core.study.Event;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.view.Slots.Box;
import org.evolvent.views.internal.view.Slots.Gap;

/** When slots ran nothing, and why, as far as the log tells. */
final class Idle {
    private final History history;

    /** The times in which any slot ran something, the first one first, and how long those before each were together. */
    private final List<double[]> anybody = new ArrayList<>();

    private final List<Double> earlier = new ArrayList<>();

    /**
     * Looks for them.
     *
     * @param boxes what ran in each slot
     */
    Idle(History history, List<List<Box>> boxes) {
        this.history = history;
        List<Box> all = boxes.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingDouble(Box::from))
                .toList();
        double sum = 0;
        for (Box box : all) {
            double[] last = anybody.isEmpty() ? null : anybody.get(anybody.size() - 1);
            if (last != null && box.from() <= last[1]) {
                last[1] = Math.max(last[1], box.to());
            } else {
                sum += last == null ? 0 : last[1] - last[0];
                anybody.add(new double[] {box.from(), box.to()});
                earlier.add(sum);
            }
        }
    }

    /**
     * Returns the gaps of a slot, and adds up how long each cause lasted.
     *
     * @param boxes what ran in it, the first one first
     * @param seconds of each cause; added to
     */
    List<Gap> gaps(List<Box> boxes, Map<IdleCause, Double> seconds) {
        List<Gap> gaps = new ArrayList<>();
        if (boxes.isEmpty()) {
            add(gaps, seconds, 0, history.seconds(), IdleCause.UNUSED);
            return gaps;
        }
        List<Double> sessions = history.sessions();
        int next = 0;
        for (int session = 0; session < sessions.size(); session++) {
            boolean isLast = session == sessions.size() - 1;
            double at = sessions.get(session);
            double end = isLast ? history.seconds() : sessions.get(session + 1);
            boolean isFirst = true;
            for (; next < boxes.size() && (isLast || boxes.get(next).from() < end); next++) {
                Box box = boxes.get(next);
                if (isFirst) {
                    add(gaps, seconds, at, box.from(), IdleCause.START);
                } else {
                    between(gaps, seconds, at, box.from());
                }
                isFirst = false;
                at = Math.max(at, box.to());
            }
            add(gaps, seconds, at, end, isLast && isSpent() ? IdleCause.NOTHING_LEFT : IdleCause.NO_RESULT);
        }
        return gaps;
    }

    private boolean isSpent() {
        return history.state().end().filter(Event.End.BUDGET::equals).isPresent();
    }

    private static void add(List<Gap> gaps, Map<IdleCause, Double> seconds, double from, double to, IdleCause cause) {
        if (to > from) {
            seconds.merge(cause, to - from, Double::sum);
            gaps.add(new Gap(from, to, cause));
        }
    }

    private void between(List<Gap> gaps, Map<IdleCause, Double> seconds, double from, double to) {
        if (to > from) {
            double others = before(to) - before(from);
            seconds.merge(IdleCause.OTHERS, others, Double::sum);
            seconds.merge(IdleCause.NOBODY, to - from - others, Double::sum);
            gaps.add(new Gap(from, to, others >= (to - from) / 2 ? IdleCause.OTHERS : IdleCause.NOBODY));
        }
    }

    /** Returns how many of the seconds before a moment any slot ran something. */
    private double before(double moment) {
        int low = 0;
        int high = anybody.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (anybody.get(middle)[0] <= moment) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return 0;
        }
        double[] last = anybody.get(low - 1);
        return earlier.get(low - 1) + Math.min(moment, last[1]) - last[0];
    }
}
