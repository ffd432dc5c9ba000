package org.evolvent.core.internal.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.evolvent.core.internal.bandit.RewardHistory.Row;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.junit.jupiter.api.Test;

class CategoryBanditTest {
    private static final Choice KIND = new Choice(List.of(Value.of("a"), Value.of("b"), Value.of("c")), false);
    private static final List<Row> ROWS = List.of(row("a", 1), row("b", 3), row("a", 2), row("c", 1.5));

    private static Row row(String kind, double gain) {
        return new Row(10, 0, Hyperparameters.of(Map.of("kind", Value.of(kind))), gain);
    }

    /** By algorithm 2 of the paper, step by step, in another program. */
    @Test
    void whatGainedMostIsLikeliest() {
        assertThat(CategoryBandit.probabilities("kind", KIND, ROWS))
                .containsExactly(
                        new double[] {0.32824638049428345, 0.356763741041736, 0.3149898784639805}, within(1e-12));
    }

    @Test
    void whoKnowsNothingOrSeesNoDifferenceDrawsEvenly() {
        double[] even = {1 / 3.0, 1 / 3.0, 1 / 3.0};

        assertThat(CategoryBandit.probabilities("kind", KIND, List.of())).containsExactly(even, within(1e-12));
        assertThat(CategoryBandit.probabilities("kind", KIND, List.of(row("a", 2), row("b", 2), row("c", 2))))
                .containsExactly(even, within(0.02));
    }

    @Test
    void drawsByTheseProbabilities() {
        double[] probabilities = CategoryBandit.probabilities("kind", KIND, ROWS);
        RandomStream random = new RandomStream(1);
        int[] drawn = new int[3];
        for (int i = 0; i < 10_000; i++) {
            drawn[KIND.values().indexOf(CategoryBandit.drawn("kind", KIND, ROWS, random))]++;
        }
        for (int i = 0; i < 3; i++) {
            assertThat(drawn[i] / 10_000.0).isCloseTo(probabilities[i], within(0.02));
        }
    }
}
