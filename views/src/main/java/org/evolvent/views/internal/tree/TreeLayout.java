package org.evolvent.views.internal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tidy tree of weights with a budget of rows. Every line is straight, and the best's ancestry is one line; the worthiest lines that fit
 * are drawn, the others become bands around their nearest ancestor. Nothing crosses, and between two lines there is a row at least.
 */
public final class TreeLayout {
    /** How thick a band of all members together is, as a share of the height. */
    private static final double BAND_SHARE = 0.1;

    private static final int LEVELS = 64;

    private final Forest forest;
    private final Chains chains;
    private final Basis basis;
    private final Window window;
    private final Lineages lineages;
    private final double rowsPerInterval;

    private TreeLayout(Forest forest, Basis basis, Window window) {
        this.forest = forest;
        this.basis = basis;
        this.window = window;
        chains = new Chains(forest, basis);
        lineages = new Lineages(forest, chains, basis, window);
        int members = 1;
        for (int node = 0; node < basis.size(); node++) {
            members = Math.max(members, forest.member(node) + 1);
        }
        rowsPerInterval = window.rows() * BAND_SHARE / members;
    }

    /**
     * Lays a forest out.
     *
     * @param colours the value of each interval that its colour stands for, from 0 to 1; NaN for none
     */
    public static FamilyTree of(Forest forest, Window window, IntToDoubleFunction colours) {
        return of(forest, Basis.of(forest), window, colours);
    }

    static FamilyTree of(Forest forest, Basis basis, Window window, IntToDoubleFunction colours) {
        TreeLayout layout = new TreeLayout(forest, basis, window);
        return layout.written(layout.best(), colours);
    }

    /** Finds the most lines that fit: first by doubling, since each try costs as much as there are lines in it. */
    private Placement best() {
        List<Integer> lines = lineages.worthiest(basis);
        Columns columns = Columns.of(forest, basis.size(), window);
        int fits = lineages.needed();
        Placement best = place(lines, fits, columns);
        int tooMany = lines.size() + 1;
        int next = Math.min(lines.size(), Math.max(fits + 1, window.rows()));
        while (fits + 1 < tooMany) {
            Placement tried = place(lines, next, columns);
            if (tried.height() <= window.rows()) {
                best = tried;
                fits = next;
                next = tooMany <= lines.size() ? (fits + tooMany) / 2 : Math.min(lines.size(), 2 * fits);
            } else {
                tooMany = next;
                next = (fits + tooMany) / 2;
            }
        }
        return best;
    }

    private Placement place(List<Integer> lines, int count, Columns columns) {
        return new Placement(forest, chains, lineages, columns, basis, lines.subList(0, count), rowsPerInterval);
    }

    private FamilyTree written(Placement placement, IntToDoubleFunction colours) {
        List<Integer> drawn = new ArrayList<>(placement.lines());
        double[] placed = placement.rows();
        int outer = drawn.size();
        double height = placement.height();
        double[] rows = Arrays.copyOf(placed, outer);
        // Who began anew since the basis is below all others, as long as there is room.
        for (int line : lineages.lines()) {
            if (lineages.first(line) >= basis.size() && lineages.parent(line) < 0 && height + 1 <= window.rows()) {
                drawn.add(line);
                rows = Arrays.copyOf(rows, drawn.size());
                rows[drawn.size() - 1] = height;
                height++;
            }
        }
        int[] places = new int[forest.size()];
        Arrays.fill(places, -1);
        List<Draft> drafts = new ArrayList<>();
        for (int place = 0; place < drawn.size(); place++) {
            places[drawn.get(place)] = place;
            drafts.add(new Draft());
        }
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (int node = 0; node < forest.size(); node++) {
            if (lineages.isVisible(node)) {
                from = Math.min(from, forest.from(node));
                to = Math.max(to, forest.to(node));
                int place = places[chains.line(node)];
                if (place >= 0) {
                    drafts.get(place).add(node, colours.applyAsDouble(node));
                }
            }
        }
        List<FamilyTree.Line> lines = new ArrayList<>();
        for (int place = 0; place < drawn.size(); place++) {
            lines.add(drafts.get(place).line(drawn.get(place), rows[place]));
        }
        Columns columns = Columns.of(forest, forest.size(), window);
        Bands bands = new Bands(forest, chains, lineages, columns, forest.size(), places, drawn.size());
        List<FamilyTree.Band> written = new ArrayList<>();
        for (int place = 0; place <= drawn.size(); place++) {
            if (bands.isThere(place)) {
                List<Long> edges = new ArrayList<>();
                List<Double> thicknesses = new ArrayList<>();
                bands.write(place, rowsPerInterval, edges, thicknesses);
                boolean isOuter = place == drawn.size();
                written.add(new FamilyTree.Band(
                        isOuter ? -1 : drawn.get(place),
                        isOuter ? placed[outer] : rows[place],
                        bands.lineages(place),
                        edges,
                        thicknesses));
            }
        }
        boolean isEmpty = from > to;
        return new FamilyTree(
                height,
                isEmpty ? 0 : from,
                isEmpty ? 0 : to,
                lineages.lines().size(),
                lines,
                written,
                star(places, rows));
    }

    private List<FamilyTree.Star> star(int[] places, double[] rows) {
        int best = forest.best();
        if (best < 0 || !lineages.isVisible(best)) {
            return List.of();
        }
        int line = chains.line(best);
        while (line >= 0 && places[line] < 0) {
            line = lineages.parent(line);
        }
        return line < 0 ? List.of() : List.of(new FamilyTree.Star(best, forest.to(best), rows[places[line]]));
    }

    /** A line as its intervals come. */
    private final class Draft {
        private final List<Integer> nodes = new ArrayList<>();
        private final List<Long> ends = new ArrayList<>();
        private final List<Integer> levels = new ArrayList<>();
        private final List<FamilyTree.Host> hosts = new ArrayList<>();
        private final List<Long> failures = new ArrayList<>();
        private long bestTo = -1;

        private void add(int node, double value) {
            int member = forest.member(node);
            if (hosts.isEmpty() || hosts.get(hosts.size() - 1).member() != member) {
                hosts.add(new FamilyTree.Host(member, chains.start(node)));
            }
            nodes.add(node);
            ends.add(forest.to(node));
            levels.add(Double.isNaN(value) ? -1 : (int) Math.max(0, Math.min(LEVELS - 1, Math.floor(value * LEVELS))));
            if (forest.failed(node)) {
                failures.add(forest.to(node));
            }
            if (chains.isAncestor(node)) {
                bestTo = forest.to(node);
            }
        }

        private FamilyTree.Line line(int id, double row) {
            int last = nodes.get(nodes.size() - 1);
            return new FamilyTree.Line(
                    id,
                    row,
                    lineages.parent(id),
                    chains.start(nodes.get(0)),
                    bestTo,
                    forest.lives(last),
                    chains.next(last) >= 0,
                    score(last),
                    nodes,
                    ends,
                    levels,
                    hosts,
                    failures);
        }

        private @Nullable Double score(int node) {
            double score = forest.score(node);
            return Double.isNaN(score) ? null : score;
        }
    }
}
