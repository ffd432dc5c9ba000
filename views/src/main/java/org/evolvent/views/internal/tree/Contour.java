package org.evolvent.views.internal.tree;

import java.util.Arrays;

/**
 * How far a subtree reaches up and down from its own row at each edge of a column (Reingold and Tilford 1981, "Tidier drawings of trees",
 * turned on its side). Rows grow upwards.
 */
final class Contour {
    private final int from;
    private double[] low;
    private double[] high;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;

    /** Creates the contour of nothing, between two edges. */
    Contour(int from, int to) {
        this.from = from;
        low = new double[to - from + 1];
        high = new double[to - from + 1];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
    }

    /** Takes in something at one edge. */
    void include(int edge, double below, double above) {
        grow(edge);
        low[edge - from] = Math.min(low[edge - from], below);
        high[edge - from] = Math.max(high[edge - from], above);
        lowest = Math.min(lowest, below);
        highest = Math.max(highest, above);
    }

    private void grow(int edge) {
        int length = low.length;
        if (edge - from >= length) {
            low = Arrays.copyOf(low, edge - from + 1);
            high = Arrays.copyOf(high, edge - from + 1);
            Arrays.fill(low, length, low.length, Double.POSITIVE_INFINITY);
            Arrays.fill(high, length, high.length, Double.NEGATIVE_INFINITY);
        }
    }

    /** Takes in another one that begins nowhere before this, some rows higher. */
    void include(Contour other, double rows) {
        for (int i = 0; i < other.low.length; i++) {
            if (other.low[i] <= other.high[i]) {
                include(other.from + i, other.low[i] + rows, other.high[i] + rows);
            }
        }
    }

    /** Returns how many rows above this one's own another's must lie at least, so that a row is between all of both. */
    double above(Contour other) {
        double rows = 1;
        for (int i = 0; i < other.low.length; i++) {
            int at = other.from + i - from;
            if (at >= 0 && at < high.length && high[at] > Double.NEGATIVE_INFINITY && other.low[i] <= other.high[i]) {
                rows = Math.max(rows, high[at] + 1 - other.low[i]);
            }
        }
        return rows;
    }

    /** Returns how many rows below this one's own another's must lie at least. */
    double below(Contour other) {
        double rows = 1;
        for (int i = 0; i < other.low.length; i++) {
            int at = other.from + i - from;
            if (at >= 0 && at < low.length && low[at] < Double.POSITIVE_INFINITY && other.low[i] <= other.high[i]) {
                rows = Math.max(rows, other.high[i] + 1 - low[at]);
            }
        }
        return rows;
    }

    /** Adds another one on the side where it sticks out less, as near as it can be. Returns how many rows above this one's own it lies. */
    double add(Contour other) {
        double up = above(other);
        double down = below(other);
        double top = up + other.highest;
        double bottom = down - other.lowest;
        boolean isUp = top != bottom ? top < bottom : highest <= -lowest;
        double rows = isUp ? up : -down;
        include(other, rows);
        return rows;
    }

    double lowest() {
        return lowest;
    }

    double highest() {
        return highest;
    }

    /** Returns the last edge at which there is anything. */
    int last() {
        return from + low.length - 1;
    }
}
