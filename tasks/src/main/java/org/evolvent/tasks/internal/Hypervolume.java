package org.evolvent.tasks.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The area that a set of solutions of two objectives dominates: how good a front is as a whole (Zitzler and Thiele 1999). */
public final class Hypervolume {
    /**
     * A solution, more of both being better.
     *
     * @param first the first objective
     * @param second the second objective
     */
    public record Point(double first, double second) {}

    private Hypervolume() {}

    /** Returns the area between the origin and the front; what is not above the origin in both objectives adds nothing. */
    public static double of(List<Point> points) {
        List<Point> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(Point::first).reversed());
        double area = 0;
        double covered = 0;
        for (Point point : sorted) {
            if (point.first() > 0 && point.second() > covered) {
                area += point.first() * (point.second() - covered);
                covered = point.second();
            }
        }
        return area;
    }
}
