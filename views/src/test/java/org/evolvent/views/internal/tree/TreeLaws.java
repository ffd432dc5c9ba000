package org.evolvent.views.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold for every family tree that is drawn. */
final class TreeLaws {
    private static final double ROUNDING = 0.01;

    private final Forest forest;
    private final FamilyTree tree;
    private final Map<Integer, FamilyTree.Line> lines = new HashMap<>();
    private final Map<Integer, FamilyTree.Line> drawn = new HashMap<>();

    private TreeLaws(Forest forest, FamilyTree tree) {
        this.forest = forest;
        this.tree = tree;
        for (FamilyTree.Line line : tree.lines()) {
            lines.put(line.id(), line);
            line.nodes().forEach(node -> drawn.put(node, line));
        }
    }

    /** Checks them all. */
    static void hold(Forest forest, FamilyTree tree) {
        TreeLaws laws = new TreeLaws(forest, tree);
        laws.noTwoLinesAreNearerThanARow();
        laws.nothingCrosses();
        laws.bandsTouchNoOtherLine();
        laws.theAncestryOfTheBestIsStraight();
        laws.everythingIsDrawnOrInABand();
        laws.linesAreChains();
    }

    /** Checks the one that must hold while lines grow, too. */
    static void linesKeepApart(Forest forest, FamilyTree tree) {
        new TreeLaws(forest, tree).noTwoLinesAreNearerThanARow();
    }

    private static long end(FamilyTree.Line line) {
        return line.ends().get(line.ends().size() - 1);
    }

    private void noTwoLinesAreNearerThanARow() {
        for (FamilyTree.Line one : tree.lines()) {
            assertThat(one.row()).isBetween(0.0, tree.height());
            for (FamilyTree.Line other : tree.lines()) {
                if (one.id() < other.id() && one.from() <= end(other) && other.from() <= end(one)) {
                    assertThat(Math.abs(one.row() - other.row()))
                            .as("rows between %s and %s", one, other)
                            .isGreaterThanOrEqualTo(1 - ROUNDING);
                }
            }
        }
    }

    private void nothingCrosses() {
        for (FamilyTree.Line copy : tree.lines()) {
            if (copy.parent() < 0) {
                continue;
            }
            double low = Math.min(copy.row(), lines.get(copy.parent()).row());
            double high = Math.max(copy.row(), lines.get(copy.parent()).row());
            for (FamilyTree.Line other : tree.lines()) {
                boolean isSibling = other.parent() == copy.parent() && other.from() == copy.from();
                if (other.id() == copy.id() || other.id() == copy.parent() || isSibling) {
                    continue;
                }
                boolean isBetween = other.row() > low && other.row() < high;
                assertThat(isBetween && other.from() <= copy.from() && end(other) >= copy.from())
                        .as("%s crosses the copy to %s", other, copy)
                        .isFalse();
                if (other.parent() >= 0 && other.from() == copy.from()) {
                    double otherLow =
                            Math.min(other.row(), lines.get(other.parent()).row());
                    double otherHigh =
                            Math.max(other.row(), lines.get(other.parent()).row());
                    assertThat(otherLow >= high || otherHigh <= low)
                            .as("the copies to %s and %s are apart", other, copy)
                            .isTrue();
                }
            }
        }
    }

    private void bandsTouchNoOtherLine() {
        for (FamilyTree.Band band : tree.bands()) {
            for (int i = 0; i + 1 < band.edges().size(); i++) {
                long from = band.edges().get(i);
                long to = band.edges().get(i + 1);
                double half = band.thicknesses().get(i) / 2;
                for (FamilyTree.Line line : tree.lines()) {
                    if (line.id() != band.line() && half > 0 && line.from() < to && end(line) > from) {
                        assertThat(Math.abs(line.row() - band.row()))
                                .as("rows between the band of %s at %s and %s", band.line(), from, line)
                                .isGreaterThanOrEqualTo(half - ROUNDING);
                    }
                }
            }
        }
    }

    private void theAncestryOfTheBestIsStraight() {
        Set<FamilyTree.Line> straight = new HashSet<>();
        boolean isInView = true;
        for (int node = forest.best(); node >= 0; node = forest.parent(node)) {
            FamilyTree.Line line = drawn.get(node);
            isInView &= line != null;
            if (line != null) {
                straight.add(line);
            }
        }
        assertThat(straight).hasSizeLessThanOrEqualTo(1);
        straight.forEach(line -> assertThat(line.bestTo()).isPositive());
        if (isInView && forest.best() >= 0) {
            FamilyTree.Star star = tree.star().get(0);
            FamilyTree.Line line = straight.iterator().next();
            assertThat(star).isEqualTo(new FamilyTree.Star(forest.best(), line.bestTo(), line.row()));
        }
    }

    private void everythingIsDrawnOrInABand() {
        int folded = 0;
        for (FamilyTree.Band band : tree.bands()) {
            folded += band.lineages();
        }
        assertThat(tree.lines().size() + folded).isEqualTo(tree.lineages());
    }

    /** Of a tree that shows all of a forest: each interval that is not drawn is in the band of its nearest ancestor that is. */
    static void coverAll(Forest forest, FamilyTree tree) {
        TreeLaws laws = new TreeLaws(forest, tree);
        Map<Integer, FamilyTree.Band> bands = new HashMap<>();
        tree.bands().forEach(band -> bands.put(band.line(), band));
        for (int node = 0; node < forest.size(); node++) {
            int ancestor = node;
            while (ancestor >= 0 && !laws.drawn.containsKey(ancestor)) {
                ancestor = forest.parent(ancestor);
            }
            if (ancestor != node) {
                FamilyTree.Band band =
                        bands.get(ancestor < 0 ? -1 : laws.drawn.get(ancestor).id());
                assertThat(band).as("the band of interval %s", node).isNotNull();
                for (int i = 0; i + 1 < band.edges().size(); i++) {
                    if (band.edges().get(i) < forest.to(node) && band.edges().get(i + 1) > forest.from(node)) {
                        assertThat(band.thicknesses().get(i)).isPositive();
                    }
                }
                assertThat(band.edges().get(0)).isLessThanOrEqualTo(forest.from(node));
                assertThat(band.edges().get(band.edges().size() - 1)).isGreaterThanOrEqualTo(forest.to(node));
            }
        }
    }

    private void linesAreChains() {
        for (FamilyTree.Line line : tree.lines()) {
            List<Integer> nodes = line.nodes();
            for (int i = 1; i < nodes.size(); i++) {
                assertThat(forest.parent(nodes.get(i))).isEqualTo(nodes.get(i - 1));
            }
            int parent = forest.parent(nodes.get(0));
            if (line.parent() >= 0) {
                assertThat(drawn.get(parent)).isEqualTo(lines.get(line.parent()));
                assertThat(line.from()).isEqualTo(forest.to(parent));
            }
            assertThat(line.hosts().get(0).member()).isEqualTo(forest.member(nodes.get(0)));
        }
    }
}
