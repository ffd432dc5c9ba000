package org.evolvent.core.internal.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.internal.bandit.RewardHistory.Row;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.Value;
import org.junit.jupiter.api.Test;

class RewardModelTest {
    private static final Parameter X = new Parameter("x", new Reals(0, 1, Scale.LINEAR), false);

    private static Hyperparameters x(double x) {
        return Hyperparameters.of(Map.of("x", Value.of(x)));
    }

    /** Learns from intervals whose gain falls with time and with the score, and is highest at an x of 0.3. */
    private static RewardModel learned(double stepUnit, double scoreUnit, double scoreZero) {
        RandomStream random = new RandomStream(4);
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            double x = random.uniform();
            double before = random.uniform();
            double gain = Math.exp(-20 * (x - 0.3) * (x - 0.3)) - 0.01 * i - 0.5 * before;
            rows.add(new Row((long) (i * stepUnit), scoreZero + before * scoreUnit, x(x), gain));
        }
        return new RewardModel(List.of(X), TrustRegionKernel.family(0), rows, List.of(), RewardModel::clipped, 1);
    }

    private static double bound(RewardModel model, double step, double score, double x) {
        return model.bound(
                new ReadyPoint(
                        new MemberId(0),
                        1,
                        (long) step,
                        new Score.Valid(score),
                        score,
                        List.of(),
                        x(0),
                        Optional.empty()),
                x(x));
    }

    @Test
    void theUnitsOfStepsAndScoresDoNotMatter() {
        RewardModel small = learned(1, 1, 0);
        RewardModel large = learned(1000, 1e6, -5e6);

        for (double x : new double[] {0, 0.3, 0.9}) {
            assertThat(bound(large, 25_000, -4.6e6, x)).isCloseTo(bound(small, 25, 0.4, x), within(1e-6));
        }
    }

    @Test
    void whatGainedMostPromisesMost() {
        RewardModel model = learned(1, 1, 0);

        assertThat(bound(model, 25, 0.4, 0.3))
                .isGreaterThan(bound(model, 25, 0.4, 0.05))
                .isGreaterThan(bound(model, 25, 0.4, 0.8))
                .isGreaterThan(bound(model, 25, 0.9, 0.3));
    }

    @Test
    void gainsBeyondTwoDeviationsAreClipped() {
        assertThat(RewardModel.clipped(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 10}))
                .containsExactly(
                        new double[] {
                            -1 / 3.0, -1 / 3.0, -1 / 3.0, -1 / 3.0, -1 / 3.0, -1 / 3.0, -1 / 3.0, -1 / 3.0, -1 / 3.0, 2
                        },
                        within(1e-12));
        assertThat(RewardModel.clipped(new double[] {5, 5})).containsExactly(0, 0);
    }

    @Test
    void ranksBecomeNormalDeviatesAndTiesAreEqual() {
        assertThat(RewardModel.ranked(new double[] {10, -1e300, 1e300}))
                .containsExactly(new double[] {0, -0.967421566, 0.967421566}, within(1e-6));
        assertThat(RewardModel.ranked(new double[] {1, 1, 1})).containsExactly(0, 0, 0);
        assertThat(RewardModel.ranked(new double[] {2, 1, 2, 3}))
                .containsExactly(new double[] {0, -1.150349380, 0, 1.150349380}, within(1e-6));
    }
}
