package org.evolvent.core.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.internal.explore.Mutate;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.testkit.operator.ExploreLaws;
import org.junit.jupiter.api.Test;

class FollowedTest extends ExploreLaws {
    /** Couples the number of units to the batch. */
    private static final Explore COUPLING =
            of(explored -> explored.with("units", Value.of(explored.integer("batch") / 2 > 50 ? 60 : 30)));

    private static Explore of(UnaryOperator<Hyperparameters> function) {
        return (handover, random) ->
                new Exploration(function.apply(handover.inherited()), "It is coupled", Evidence.NONE);
    }

    @Override
    protected Explore explore() {
        return Mutate.standard().then(COUPLING);
    }

    /** The first one may end in the cell that it began in. */
    @Override
    protected boolean alwaysMoves() {
        return false;
    }

    private static Exploration explored(Explore explore) {
        RandomStream random = new RandomStream(1);
        return explore.explore(handover(SPACE.sample(random), SPACE.sample(random)), random);
    }

    @Test
    void whatFollowsBeginsFromWhatWasExploredAndHasTheLastWord() {
        for (int seed = 0; seed < 100; seed++) {
            RandomStream random = new RandomStream(seed);
            Hyperparameters inherited = SPACE.sample(random);
            long drawn = random.nextLong();
            Exploration before = Mutate.standard().explore(handover(inherited, inherited), new RandomStream(drawn));
            Exploration after = explore().explore(handover(inherited, inherited), new RandomStream(drawn));
            int units = before.hyperparameters().integer("batch") == 128 ? 60 : 30;
            assertThat(after.hyperparameters())
                    .isEqualTo(before.hyperparameters().with("units", Value.of(units)));
            int was = before.hyperparameters().integer("units");
            assertThat(after.evidence().facts())
                    .containsAllEntriesOf(before.evidence().facts())
                    .containsEntry(
                            "then", was == units ? List.of() : List.of("units: %s, was %s".formatted(units, was)));
            assertThat(after.reason()).contains(before.reason(), "then: It is coupled");
        }
    }

    @Test
    void whatItReturnsIsChecked() {
        refused(explored -> explored.with("units", Value.of(101)), "units = 101", "must return a value of", "100");
        refused(explored -> explored.with("dropout", Value.of(true)), "dropout = true", "0.7");
        refused(
                explored -> explored.with("layers", Value.of(explored.integer("layers") % 4 + 1)),
                "layers = ",
                "since it is fixed");
        refused(
                explored -> {
                    Map<String, Value> values = new LinkedHashMap<>(explored.values());
                    values.remove("rate");
                    return Hyperparameters.of(values);
                },
                "the parameters [dropout",
                "those of the space, in their order: [rate, dropout");
    }

    private static void refused(UnaryOperator<Hyperparameters> function, String... parts) {
        assertThatThrownBy(() -> explored(Mutate.standard().then(of(function))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which follows the exploration, returned")
                .hasMessageContainingAll(parts);
    }
}
