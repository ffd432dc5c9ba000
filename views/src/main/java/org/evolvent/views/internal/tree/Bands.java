package org.evolvent.views.internal.tree;

import java.util.List;

/**
 * What is not drawn, around the nearest ancestor that is: how many intervals there are in each column. What descends from nothing that is
 * drawn is one more band, for itself.
 */
final class Bands {
    private final Columns columns;
    private final int[][] counts;
    private final int[] lineages;

    /**
     * Counts them.
     *
     * @param forest the intervals, of which the first {@code size} count
     * @param places for each line its place among those that are drawn; -1 for one that is not
     * @param drawn how many are drawn
     */
    Bands(Forest forest, Chains chains, Lineages lineages, Columns columns, int size, int[] places, int drawn) {
        this.columns = columns;
        this.counts = new int[drawn + 1][];
        this.lineages = new int[drawn + 1];
        int[] owners = new int[forest.size()];
        for (int line : lineages.lines()) {
            int parent = lineages.parent(line);
            owners[line] = places[line] >= 0 ? places[line] : parent >= 0 ? owners[parent] : drawn;
            if (places[line] < 0 && lineages.first(line) < size) {
                this.lineages[owners[line]]++;
            }
        }
        for (int node = 0; node < size; node++) {
            int line = chains.line(node);
            if (lineages.isVisible(node) && places[line] < 0) {
                add(owners[line], columns.at(chains.start(node)), columns.after(forest.to(node)));
            }
        }
        for (int[] count : counts) {
            for (int column = 1; count != null && column < count.length; column++) {
                count[column] += count[column - 1];
            }
        }
    }

    private void add(int owner, int from, int to) {
        if (counts[owner] == null) {
            counts[owner] = new int[columns.count() + 2];
        }
        // What is shorter than a column is still seen in one.
        counts[owner][from]++;
        counts[owner][Math.max(to, from + 1)]--;
    }

    /** Returns how many intervals are folded in a column. */
    int count(int place, int column) {
        return counts[place] == null || column < 0 ? 0 : counts[place][column];
    }

    /** Returns how many lines are folded into a band. */
    int lineages(int place) {
        return lineages[place];
    }

    /** Returns whether anything is folded into a band. */
    boolean isThere(int place) {
        return counts[place] != null;
    }

    /** Takes a band into a contour, at the edges of each column that has some of it. */
    void include(Contour contour, int place, double rowsPerInterval) {
        for (int column = 0; counts[place] != null && column <= columns.count(); column++) {
            double half = Math.max(count(place, column - 1), count(place, column)) * rowsPerInterval / 2;
            if (half > 0) {
                contour.include(column, -half, half);
            }
        }
    }

    /** Writes a band to be drawn, with neighbouring columns of one thickness in one. */
    void write(int place, double rowsPerInterval, List<Long> edges, List<Double> thicknesses) {
        int before = 0;
        for (int column = 0; column <= columns.count(); column++) {
            int now = count(place, column);
            if (now != before || (now > 0 && edges.isEmpty())) {
                edges.add(columns.start(column));
                thicknesses.add(Math.round(now * rowsPerInterval * 1000) / 1000.0);
                before = now;
            }
        }
        if (before > 0) {
            edges.add(columns.start(columns.count()));
            thicknesses.add(0.0);
        }
    }
}
