package org.evolvent.views.internal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** One try to place some lines: a row for each, and how many rows that takes. Rows grow upwards, from the row of the first root. */
final class Placement {
    /** What a living line gets more on each side where its label stands, in rows: 1.6 are between two of them. */
    private static final double LABEL = 0.3;

    /** In how many columns before its end, for labels that do not fit behind it. */
    private static final int LABEL_COLUMNS = 2;

    /** What the best's ancestry gets more on each side, in rows: it is thick, and its members stand above it. */
    private static final double BEST_ABOVE = 1.2;

    private static final double BEST_BELOW = 0.3;

    private final Forest forest;
    private final Chains chains;
    private final Lineages lineages;
    private final Columns columns;
    private final Basis basis;
    private final Bands bands;
    private final double rowsPerInterval;
    private final List<Integer> lines;
    private final int[] places;
    private final double[] offsets;
    private final double rest;
    private final double top;
    private final double bottom;

    /**
     * Places lines.
     *
     * @param lines which ones, of those that the basis knows, in an order in which none comes before the one that it began in
     * @param rowsPerInterval how thick a band is for each interval that is folded into it
     */
    Placement(
            Forest forest,
            Chains chains,
            Lineages lineages,
            Columns columns,
            Basis basis,
            List<Integer> lines,
            double rowsPerInterval) {
        this.forest = forest;
        this.chains = chains;
        this.lineages = lineages;
        this.columns = columns;
        this.basis = basis;
        this.rowsPerInterval = rowsPerInterval;
        this.lines = lines;
        places = new int[forest.size()];
        Arrays.fill(places, -1);
        for (int place = 0; place < lines.size(); place++) {
            places[lines.get(place)] = place;
        }
        bands = new Bands(forest, chains, lineages, columns, basis.size(), places, lines.size());
        offsets = new double[lines.size()];
        List<List<Integer>> children = new ArrayList<>();
        List<Integer> roots = new ArrayList<>();
        for (int place = 0; place < lines.size(); place++) {
            children.add(new ArrayList<>());
        }
        for (int line : lines) {
            int parent = lineages.parent(line);
            (parent < 0 ? roots : children.get(places[parent])).add(line);
        }
        Contour[] contours = new Contour[lines.size()];
        List<Integer> upwards = new ArrayList<>(lines);
        upwards.sort(
                Comparator.comparingInt((Integer line) -> lineages.first(line)).reversed());
        for (int line : upwards) {
            contours[places[line]] = withChildren(line, children.get(places[line]), contours);
        }
        Contour all = withRoots(roots, contours);
        rest = bands.isThere(lines.size()) ? all.add(band(lines.size())) : 0;
        top = all.highest();
        bottom = all.lowest();
    }

    /** The youngest come first, so that the older lie outside and nothing crosses. */
    private Contour withChildren(int line, List<Integer> children, Contour[] contours) {
        Contour contour = own(line);
        children.sort(Comparator.comparingLong((Integer child) -> -chains.start(lineages.first(child)))
                .thenComparing(Comparator.reverseOrder()));
        for (int child : children) {
            offsets[places[child]] = contour.add(contours[places[child]]);
            contours[places[child]] = new Contour(0, -1);
        }
        return contour;
    }

    /** Those that reached furthest are nearest to the best's. */
    private Contour withRoots(List<Integer> roots, Contour[] contours) {
        Contour all = new Contour(0, columns.count());
        roots.sort(Comparator.comparing((Integer line) -> !isOfBest(line))
                .thenComparingInt(line -> -contours[places[line]].last())
                .thenComparing(Comparator.naturalOrder()));
        for (int line : roots) {
            if (all.highest() < all.lowest()) {
                all.include(contours[places[line]], 0);
            } else {
                offsets[places[line]] = all.add(contours[places[line]]);
            }
        }
        return all;
    }

    private Contour own(int line) {
        int from = columns.at(chains.start(lineages.first(line)));
        int end = lineages.last(line);
        while (end >= basis.size()) {
            end = forest.parent(end);
        }
        int to = columns.at(forest.to(end));
        boolean lives = basis.living().get(end);
        Contour contour = new Contour(from, lives ? columns.count() : to);
        for (int edge = from; edge <= (lives ? columns.count() : to); edge++) {
            // Nobody else may have the row that a living line is going to grow into.
            double room = lives && edge >= to - LABEL_COLUMNS ? LABEL : 0;
            contour.include(edge, -room, room);
        }
        if (isOfBest(line)) {
            for (int edge = from; edge <= to; edge++) {
                contour.include(edge, -BEST_BELOW, BEST_ABOVE);
            }
        }
        bands.include(contour, places[line], rowsPerInterval);
        return contour;
    }

    private Contour band(int place) {
        Contour contour = new Contour(0, columns.count());
        bands.include(contour, place, rowsPerInterval);
        return contour;
    }

    private boolean isOfBest(int line) {
        return chains.isAncestor(lineages.first(line));
    }

    /** Returns the rows that it takes. */
    double height() {
        return lines.isEmpty() && !bands.isThere(0) ? 0 : top - bottom + 1;
    }

    /** Returns the row of each line from the top, by its place; after them that of the band of what has no ancestor that is drawn. */
    double[] rows() {
        double[] rows = Arrays.copyOf(offsets, lines.size() + 1);
        List<Integer> downwards = new ArrayList<>(lines);
        downwards.sort(Comparator.comparingInt(lineages::first));
        for (int line : downwards) {
            int parent = lineages.parent(line);
            if (parent >= 0) {
                rows[places[line]] += rows[places[parent]];
            }
        }
        rows[lines.size()] = rest;
        for (int place = 0; place < rows.length; place++) {
            // Rows are multiples of a tenth but for the thickness of bands.
            rows[place] = Math.round((top - rows[place]) * 1000) / 1000.0;
        }
        return rows;
    }

    /** Returns the lines. */
    List<Integer> lines() {
        return lines;
    }
}
