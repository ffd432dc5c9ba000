package org.evolvent.views.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.study.Mode;
import org.evolvent.tasks.internal.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DifferentAncestorsTest {
    private static DifferentAncestors.Strip strip(Forest forest, int members) {
        return new DifferentAncestors(members, true, 1).after(forest);
    }

    @ParameterizedTest
    @EnumSource
    void countsTheAncestorsOfTheLiving(Mode mode) {
        int members = 12;
        DifferentAncestors growing = new DifferentAncestors(members, true, 1);
        SimulatedForest forest = SimulatedForest.of(
                Tasks.named("stepwise").withPopulation(members).withIntervalSteps(4),
                Map.of(),
                mode,
                4,
                grown -> growing.after(grown));
        DifferentAncestors.Strip strip = strip(forest, members);
        assertThat(growing.after(forest).numbers()).isEqualTo(strip.numbers());
        assertThat(growing.after(forest).byLot()).isEqualTo(strip.byLot());
        assertThat(strip.at()).isSorted().hasSize(forest.size() / members);
        assertThat(strip.numbers().get(0)).isCloseTo(members, within(1e-9));
        for (int count = 0; count < strip.numbers().size(); count++) {
            assertThat(strip.numbers().get(count)).isCloseTo(counted(forest, (count + 1) * members), within(1e-9));
        }
    }

    /** The same, slowly. */
    private static double counted(Forest forest, int size) {
        Map<Integer, Integer> held = new HashMap<>();
        for (int node = 0; node < size; node++) {
            held.put(forest.member(node), node);
        }
        Map<Integer, Double> shares = new HashMap<>();
        for (int node : held.values()) {
            int ancestor = node;
            for (int back = 0; back < 10 && forest.parent(ancestor) >= 0; back++) {
                ancestor = forest.parent(ancestor);
            }
            shares.merge(ancestor, 1.0 / held.size(), Double::sum);
        }
        return 1 / shares.values().stream().mapToDouble(share -> share * share).sum();
    }

    @Test
    void copiesByLotLeaveWhatIsExpectedOfThem() {
        for (int members : new int[] {10, 100, 1000}) {
            DifferentAncestors.Strip strip = strip(Forests.rounds(new RandomStream(8), members, 60), members);
            double mean = strip.numbers().stream()
                    .skip(20)
                    .mapToDouble(each -> each)
                    .average()
                    .orElseThrow();
            double byLot = strip.byLot().stream()
                    .skip(20)
                    .mapToDouble(each -> each)
                    .average()
                    .orElseThrow();
            assertThat(mean).as("of %s", members).isCloseTo(byLot, within(byLot * 0.15));
        }
    }

    /** In the long run a population of which one copies anybody in turn keeps fewer than one of which all stay, and more than one. */
    @Test
    void copiesInTurnByLotLeaveWhatIsExpectedOfThem() {
        int members = 40;
        RandomStream random = new RandomStream(4);
        Forests.Grown forest = new Forests.Grown(members * 60);
        int[] held = new int[members];
        for (int node = 0; node < members * 60; node++) {
            int member = node % members;
            int parent = node < members ? -1 : held[member];
            if (parent >= 0 && random.index(2) == 0) {
                parent = held[(member + 1 + random.index(members - 1)) % members];
            }
            forest.add(member, parent, 5);
            held[member] = node;
        }
        DifferentAncestors.Strip strip = new DifferentAncestors(members, false, 1).after(forest);
        double mean = mean(strip.numbers());
        assertThat(mean).isCloseTo(mean(strip.byLot()), within(mean * 0.3)).isBetween(2.0, 20.0);
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().skip(20).mapToDouble(each -> each).average().orElseThrow();
    }

    @Test
    void nobodyCopiesAndAllStayDifferent() {
        Forests.Grown forest = new Forests.Grown(200);
        for (int node = 0; node < 200; node++) {
            forest.add(node % 10, node < 10 ? -1 : node - 10, 5);
        }
        assertThat(strip(forest, 10).numbers()).allMatch(number -> Math.abs(number - 10) < 1e-9);
        assertThat(strip(forest, 10).byLot()).allMatch(number -> Math.abs(number - 10) < 1e-9);
    }

    @Test
    void warnsWhenFewAreLeftAndNothingComesOfIt() {
        Forests.Grown forest = new Forests.Grown(300);
        for (int node = 0; node < 300; node++) {
            // All go on from the first.
            forest.add(node % 10, node < 10 ? -1 : node / 10 * 10 - 10, 5);
        }
        assertThat(strip(forest, 10).isNarrow()).isFalse();
        forest.best(215);
        assertThat(strip(forest, 10).isNarrow()).isFalse();
        forest.best(5);
        DifferentAncestors growing = new DifferentAncestors(10, true, 1);
        assertThat(growing.after(forest).isNarrow()).isTrue();
        forest.best(299);
        assertThat(growing.after(forest).isNarrow()).isFalse();
    }

    @Test
    void isTheSameEachTime() {
        Forests.Grown forest = Forests.rounds(new RandomStream(1), 20, 30);
        assertThat(strip(forest, 20)).isEqualTo(strip(forest, 20));
        assertThat(new DifferentAncestors(20, true, 2).after(forest).byLot())
                .isNotEqualTo(strip(forest, 20).byLot());
    }
}
