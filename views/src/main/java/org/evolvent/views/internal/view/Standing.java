package org.evolvent.views.internal.view;

import java.util.Arrays;
import java.util.List;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/** How good each result was among those with as many steps behind them. */
public final class Standing {
    private Standing() {}

    /** Returns for each interval, by its index, its rank from 0, the worst, to 1, the best; NaN without a score. */
    public static double[] of(History history) {
        double[] standing = new double[history.intervals().size()];
        Arrays.fill(standing, Double.NaN);
        for (List<Interval> at : Progress.of(history.intervals()).ranked(history)) {
            for (int rank = 0; rank < at.size(); rank++) {
                standing[at.get(rank).index()] = at.size() == 1 ? 1 : rank / (at.size() - 1.0);
            }
        }
        return standing;
    }
}
