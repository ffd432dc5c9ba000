package org.evolvent.views.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.study.Mode;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TreeLayoutTest {
    private static final SyntheticTask TASK = Tasks.named("stepwise");

    private static FamilyTree laidOut(Forest forest, Window window) {
        return TreeLayout.of(forest, window, node -> node % 7 / 7.0);
    }

    @ParameterizedTest
    @EnumSource
    void theLawsHoldForEveryStrategy(Mode mode) {
        SimulatedForest.strategies().forEach((name, strategy) -> {
            SyntheticTask task = TASK.withPopulation(8).withIntervalSteps(Math.max(1, TASK.steps() / 20));
            SimulatedForest forest = SimulatedForest.of(task, strategy, mode, 7, unused -> {});
            for (int rows : new int[] {12, 30, 1000}) {
                FamilyTree tree = laidOut(forest, Window.whole(rows));
                TreeLaws.hold(forest, tree);
                TreeLaws.coverAll(forest, tree);
                assertThat(laidOut(forest, Window.whole(rows))).isEqualTo(tree);
                if (tree.lines().size() > 1) {
                    assertThat(tree.height()).as("rows of %s", name).isLessThanOrEqualTo(rows);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void theLawsHoldForEveryPartOfATree(Mode mode) {
        SimulatedForest forest = SimulatedForest.of("stepwise", 24, 40, mode, 3);
        Property.holds("parts of trees in mode " + mode, 60, random -> {
            FamilyTree tree = laidOut(forest, somewhere(forest, random));
            TreeLaws.hold(forest, tree);
        });
    }

    private static Window somewhere(Forest forest, RandomStream random) {
        Window window = Window.whole(5 + random.index(90));
        if (random.chance(0.7)) {
            long from = random.below(TASK.steps());
            window = window.between(from, from + 1 + random.below(TASK.steps()));
        }
        if (random.chance(0.3)) {
            window = window.below(random.index(forest.size()));
        }
        return random.chance(0.3) ? window.living() : window;
    }

    /** A budget that all fit into folds nothing, and a larger part of the tree is seen from nearby. */
    @Test
    void aNearerLookUnfoldsMore() {
        SimulatedForest forest = SimulatedForest.of("stepwise", 40, 60, Mode.SYNCHRONOUS, 5);
        FamilyTree all = laidOut(forest, Window.whole(100_000));
        assertThat(all.bands()).isEmpty();
        assertThat(all.lines()).hasSize(all.lineages());
        FamilyTree far = laidOut(forest, Window.whole(60));
        assertThat(far.lines().size()).isLessThan(far.lineages() / 2);
        long middle = (far.from() + far.to()) / 2;
        FamilyTree near = laidOut(forest, Window.whole(60).between(middle, middle + (far.to() - middle) / 6));
        long seen = near.lines().size();
        long before = far.lines().stream()
                .filter(line ->
                        line.from() < near.to() && line.ends().get(line.ends().size() - 1) > near.from())
                .count();
        assertThat(seen).isGreaterThan(before);
    }

    @Test
    void nothingIsAnEmptyTree() {
        FamilyTree tree = laidOut(Forests.empty(), Window.whole(50));
        assertThat(tree.lines()).isEmpty();
        assertThat(tree.bands()).isEmpty();
        assertThat(tree.star()).isEmpty();
        assertThat(tree.height()).isZero();
    }

    /** Time that no column divides: intervals as long as they took. */
    @Test
    void theLawsHoldForIntervalsOfAnyLength() {
        Property.holds("intervals of any length", 40, random -> {
            Forests.Grown forest = Forests.grown(random, 2 + random.index(12), 10 + random.index(400), unused -> {});
            FamilyTree tree = laidOut(forest, Window.whole(10 + random.index(60)));
            TreeLaws.hold(forest, tree);
            TreeLaws.coverAll(forest, tree);
        });
    }

    /** Between two choices lines grow, and none moves; the choice is made once for as many results as there are members. */
    @ParameterizedTest
    @EnumSource
    void aLivingTreeMovesSeldom(Mode mode) {
        int members = 12;
        SyntheticTask task = TASK.withPopulation(members).withIntervalSteps(TASK.steps() / 25);
        LivingTree living = new LivingTree(members);
        Map<Integer, Double> rows = new HashMap<>();
        long[] last = {0};
        SimulatedForest end = SimulatedForest.of(task, Map.of(), mode, 11, forest -> {
            FamilyTree tree = living.tree(forest, true, Window.whole(40), node -> 0);
            if (living.layouts() != last[0]) {
                last[0] = living.layouts();
                rows.clear();
                TreeLaws.hold(forest, tree);
            }
            tree.lines().forEach(line -> {
                Double before = rows.putIfAbsent(line.id(), line.row());
                assertThat(before == null || before == line.row()).isTrue();
            });
            TreeLaws.linesKeepApart(forest, tree);
            assertThat(rows.keySet()).hasSameSizeAs(tree.lines());
            if (forest.best() >= 0) {
                assertThat(tree.star().get(0).node()).isEqualTo(forest.best());
            }
        });
        assertThat(living.layouts()).isBetween(end.size() / members / 2L, (long) end.size() / members);
        FamilyTree over = living.tree(end, false, Window.whole(40), node -> 0);
        assertThat(over).isEqualTo(TreeLayout.of(end, Window.whole(40), node -> 0));
    }

    /** A member that is far behind the others grows into a row that must still be free. */
    @Tag("slow")
    @Test
    void aLivingTreeHasRoomForWhoIsBehind() {
        Property.holds("room for who is behind", 15, random -> {
            int members = 3 + random.index(8);
            LivingTree living = new LivingTree(members);
            Forests.grown(
                    random,
                    members,
                    300,
                    forest ->
                            TreeLaws.linesKeepApart(forest, living.tree(forest, true, Window.whole(1000), node -> 0)));
        });
    }
}
