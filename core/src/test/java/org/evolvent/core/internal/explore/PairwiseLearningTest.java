package org.evolvent.core.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.testkit.operator.ExploreLaws;
import org.evolvent.testkit.operator.Statistics;
import org.junit.jupiter.api.Test;

class PairwiseLearningTest extends ExploreLaws {
    private static final SearchSpace LINE =
            new SearchSpace(List.of(new Parameter("x", new Reals(0, 10, Scale.LINEAR), false)));

    @Override
    protected Explore explore() {
        return new PairwiseLearning(1, 1);
    }

    @Test
    void withoutAPastTheLoserLandsUniformlyBetweenItselfAndTheWinner() {
        RandomStream random = new RandomStream(1);
        double[] landed = new double[100_000];
        for (int i = 0; i < landed.length; i++) {
            landed[i] = new PairwiseLearning(1, 1)
                    .explore(handover(LINE, x(6), x(2)), random)
                    .hyperparameters()
                    .real("x");
        }
        Statistics.assertDistributed(landed, x -> (x - 2) / 4);
    }

    /** The last move was from 2 to 5; the winner is where the loser is, so that only momentum moves it, by 0 to 3. */
    @Test
    void momentumCarriesOn() {
        Explore moved = new PairwiseLearning(1, 1)
                .observe(new MemberId(0), exploit(x(2), x(9)))
                .observe(new MemberId(0), new Decision.Explore(x(9), x(5), "", Evidence.NONE));
        RandomStream random = new RandomStream(2);
        double[] landed = new double[20_000];
        for (int i = 0; i < landed.length; i++) {
            landed[i] = moved.explore(handover(LINE, x(4), x(4)), random)
                    .hyperparameters()
                    .real("x");
        }
        Statistics.assertDistributed(landed, x -> (x - 4) / 3);
    }

    @Test
    void anotherMembersMomentumIsItsOwn() {
        Explore moved = new PairwiseLearning(1, 1)
                .observe(new MemberId(1), exploit(x(2), x(9)))
                .observe(new MemberId(1), new Decision.Explore(x(9), x(5), "", Evidence.NONE));
        assertThat(moved.explore(handover(LINE, x(4), x(4)), new RandomStream(3))
                        .hyperparameters()
                        .real("x"))
                .isCloseTo(4, within(1e-12));
    }

    /** Integers and ordered choices move in their positions and are rounded; a category becomes the winner's. */
    @Test
    void everyKindOfDomainMovesTowardTheWinner() {
        Hyperparameters loser =
                Hyperparameters.of(Map.of("units", Value.of(1), "batch", Value.of(32), "optimizer", Value.of("sgd")));
        Hyperparameters winner = Hyperparameters.of(
                Map.of("units", Value.of(10), "batch", Value.of(128), "optimizer", Value.of("adam")));
        SearchSpace space = new SearchSpace(List.of(
                new Parameter("units", new Ints(1, 10, Scale.LINEAR), false),
                new Parameter("batch", new Choice(List.of(Value.of(32), Value.of(64), Value.of(128)), true), false),
                new Parameter("optimizer", new Choice(List.of(Value.of("sgd"), Value.of("adam")), false), false)));
        RandomStream random = new RandomStream(4);
        long[] units = new long[10];
        long[] batches = new long[3];
        for (int i = 0; i < 36_000; i++) {
            Hyperparameters explored = new PairwiseLearning(1, 1)
                    .explore(handover(space, winner, loser), random)
                    .hyperparameters();
            units[explored.integer("units") - 1]++;
            batches[explored.integer("batch") / 64]++;
            assertThat(explored.text("optimizer")).isEqualTo("adam");
        }
        double end = 1 / 18.0;
        double step = 1 / 9.0;
        Statistics.assertProbabilities(units, end, step, step, step, step, step, step, step, step, end);
        Statistics.assertProbabilities(batches, 0.25, 0.5, 0.25);
    }

    @Test
    void refusesCoefficientsThatGoNowhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairwiseLearning(-1, 1))
                .withMessageContaining("-1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairwiseLearning(1, 0))
                .withMessageContaining("0.0");
    }

    private static Decision exploit(Hyperparameters before, Hyperparameters after) {
        return new Decision.Exploit(new MemberId(3), 0, Optional.empty(), before, after, "", Evidence.NONE);
    }

    private static Hyperparameters x(double value) {
        return Hyperparameters.of(Map.of("x", new Value.Real(value)));
    }

    @Test
    void isTheSameOperatorWhateverItHasSeen() {
        Explore moved = new PairwiseLearning(1, 0.5).observe(new MemberId(0), exploit(x(2), x(9)));

        assertThat(moved).isEqualTo(new PairwiseLearning(1, 0.5)).hasSameHashCodeAs(new PairwiseLearning(1, 0.5));
        assertThat(moved).isNotEqualTo(new PairwiseLearning(1, 1)).isNotEqualTo(new PairwiseLearning(0, 0.5));
    }
}
