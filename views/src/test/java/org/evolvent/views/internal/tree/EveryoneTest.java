package org.evolvent.views.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.study.Mode;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;

class EveryoneTest {
    /** As many intervals as there are levels, so that a pixel's level tells whose it is. */
    private static final int NODES = 250;

    private static int nodeAt(Everyone map, byte[] levels, int column, int row) {
        int level = Byte.toUnsignedInt(levels[row * map.width() + column]);
        return level == 0 ? -1 : level - 1;
    }

    private static Everyone mapOf(Forest forest) {
        return Everyone.of(forest, node -> node / 254.0);
    }

    @Test
    void relativesAreSideBySide() {
        Property.holds("relatives side by side", 20, random -> {
            Forest forest = Forests.grown(random, 3 + random.index(10), NODES, unused -> {});
            Everyone map = mapOf(forest);
            byte[] levels = Base64.getDecoder().decode(map.levels());
            for (int column = 0; column < map.width(); column++) {
                for (int ancestor = 0; ancestor < NODES; ancestor++) {
                    int pieces = 0;
                    boolean isBefore = false;
                    for (int row = 0; row < map.height(); row++) {
                        boolean isBelow = descends(forest, nodeAt(map, levels, column, row), ancestor);
                        pieces += isBelow && !isBefore ? 1 : 0;
                        isBefore = isBelow;
                    }
                    assertThat(pieces).isLessThanOrEqualTo(1);
                }
            }
        });
    }

    private static boolean descends(Forest forest, int node, int ancestor) {
        int at = node;
        while (at > ancestor) {
            at = forest.parent(at);
        }
        return at == ancestor;
    }

    @Test
    void everybodyHasAPixelInEachColumn() {
        Forests.Grown forest = Forests.rounds(new RandomStream(1), 25, 10);
        Everyone map = mapOf(forest);
        byte[] levels = Base64.getDecoder().decode(map.levels());
        assertThat(map.width()).isEqualTo(10);
        assertThat(map.height()).isEqualTo(25);
        assertThat(map.to()).isEqualTo(100);
        for (int column = 0; column < map.width(); column++) {
            Set<Integer> nodes = new HashSet<>();
            for (int row = 0; row < map.height(); row++) {
                nodes.add(nodeAt(map, levels, column, row));
            }
            assertThat(nodes).hasSize(25).allMatch(node -> node >= 0);
        }
        int ancestor = forest.best();
        for (int column = map.width() - 1; column >= 0; column--) {
            assertThat(nodeAt(map, levels, column, map.ancestry().get(column))).isEqualTo(ancestor);
            ancestor = forest.parent(ancestor);
        }
    }

    @Test
    void isTheSameEachTime() {
        SimulatedForest forest = SimulatedForest.of("stepwise", 30, 20, Mode.ASYNCHRONOUS, 2);
        Everyone map = Everyone.of(forest, node -> Double.NaN);
        assertThat(map.levels())
                .isEqualTo(Everyone.of(forest, node -> Double.NaN).levels());
        assertThat(map.ancestry()).hasSize(map.width());
    }

    @Test
    void nobodyIsAnEmptyMap() {
        Everyone map = mapOf(Forests.empty());
        assertThat(map.width()).isZero();
        assertThat(map.levels()).isEmpty();
    }
}
