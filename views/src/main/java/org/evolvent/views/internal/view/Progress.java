package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/**
 * The points of the axis of steps at which results are compared: where results ended, or, where those are too many, equal parts of the
 * axis. A result belongs to the first point that is not before it.
 */
final class Progress {
    /** More cannot be told apart on a screen. */
    private static final int MOST = 400;

    private final long[] points;

    private Progress(long[] points) {
        this.points = points;
    }

    static Progress of(List<Interval> intervals) {
        long[] ends =
                intervals.stream().mapToLong(Interval::to).sorted().distinct().toArray();
        if (ends.length <= MOST) {
            return new Progress(ends);
        }
        long last = ends[ends.length - 1];
        long[] parts = new long[MOST];
        for (int i = 0; i < MOST; i++) {
            parts[i] = Math.round((double) last * (i + 1) / MOST);
        }
        return new Progress(parts);
    }

    int size() {
        return points.length;
    }

    long at(int point) {
        return points[point];
    }

    int of(Interval interval) {
        int found = Arrays.binarySearch(points, interval.to());
        return found >= 0 ? found : Math.min(-found - 1, points.length - 1);
    }

    /** Returns the intervals with a score at each point, the worst first. */
    List<List<Interval>> ranked(History history) {
        List<List<Interval>> all = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            all.add(new ArrayList<>());
        }
        for (Interval interval : history.intervals()) {
            if (interval.isValid()) {
                all.get(of(interval)).add(interval);
            }
        }
        for (List<Interval> at : all) {
            at.sort((one, other) -> {
                int order = Double.compare(history.fitness(one), history.fitness(other));
                return order != 0 ? order : Integer.compare(one.index(), other.index());
            });
        }
        return all;
    }
}
