package org.evolvent.core.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.testkit.operator.ExploreLaws;
import org.evolvent.testkit.operator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerturbTest extends ExploreLaws {
    private static final int DRAWS = 100_000;
    private static final Reals LOG = new Reals(1e-5, 1e-1, Scale.LOG);
    private static final SearchSpace TWO =
            new SearchSpace(List.of(new Parameter("a", LOG, false), new Parameter("b", LOG, false)));

    @Override
    protected Explore explore() {
        return Perturb.standard();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.1, 0.9})
    void resamplingHasItsProbabilityForEachParameterAlone(double probability) {
        Perturb perturb = new Perturb(Perturb.FACTORS.byDefault(), probability);
        Hyperparameters from = TWO.sample(new RandomStream(1));
        RandomStream random = new RandomStream(2);
        long[] cells = new long[4];
        for (int i = 0; i < DRAWS; i++) {
            Exploration exploration = perturb.explore(handover(TWO, from, from), random);
            List<?> resampled = (List<?>) exploration.evidence().facts().get("resampled");
            cells[(resampled.contains("a") ? 2 : 0) + (resampled.contains("b") ? 1 : 0)]++;
        }
        double kept = 1 - probability;
        Statistics.assertProbabilities(
                cells, kept * kept, kept * probability, probability * kept, probability * probability);
    }

    @Test
    void aPerturbedValueIsMovedByEachFactorEquallyOften() {
        Perturb perturb = new Perturb(List.of(0.5, 0.8, 1.25), 0);
        Hyperparameters from = TWO.sample(new RandomStream(3)).with("a", Value.of(1e-3));
        RandomStream random = new RandomStream(4);
        long[] factors = new long[3];
        for (int i = 0; i < DRAWS; i++) {
            double value = perturb.explore(handover(TWO, from, from), random)
                    .hyperparameters()
                    .real("a");
            int nearest = value < 0.6e-3 ? 0 : value < 1e-3 ? 1 : 2;
            factors[nearest]++;
            assertThat(value).isCloseTo(1e-3 * perturb.factors().get(nearest), within(1e-12));
        }
        Statistics.assertUniform(factors);
    }

    @Test
    void aResampledValueFollowsThePrior() {
        Perturb perturb = new Perturb(List.of(), 1);
        Hyperparameters from = TWO.sample(new RandomStream(5));
        RandomStream random = new RandomStream(6);
        double[] positions = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            positions[i] = LOG.position(perturb.explore(handover(TWO, from, from), random)
                    .hyperparameters()
                    .get("a"));
        }
        Statistics.assertDistributed(positions, x -> x);
    }

    /** Without selection, a population under the default operator stays where the prior put it. */
    @Tag("slow")
    @Test
    void manyExplorationsKeepThePrior() {
        RandomStream random = new RandomStream(7);
        double[] positions = new double[20_000];
        for (int i = 0; i < positions.length; i++) {
            Hyperparameters walked = TWO.sample(random);
            for (int step = 0; step < 20; step++) {
                walked = Perturb.standard()
                        .explore(handover(TWO, walked, walked), random)
                        .hyperparameters();
            }
            positions[i] = LOG.position(walked.get("a"));
        }
        Statistics.assertDistributed(positions, x -> x);
    }

    @Test
    void whatDrewItselfAgainIsForcedToMoveAndNamedOnce() {
        SearchSpace coin = new SearchSpace(List.of(
                new Parameter("coin", Choice.flag(), false),
                new Parameter("still", new Choice(List.of(Value.of("x")), true), false),
                new Parameter("fixed", Choice.flag(), true)));
        for (double resample : new double[] {0.5, 1}) {
            Perturb perturb = new Perturb(Perturb.FACTORS.byDefault(), resample);
            RandomStream random = new RandomStream(8);
            Hyperparameters from = coin.sample(random);
            for (int i = 0; i < 1_000; i++) {
                Exploration exploration = perturb.explore(handover(coin, from, from), random);
                assertThat(exploration.hyperparameters().flag("coin")).isNotEqualTo(from.flag("coin"));
                List<?> perturbed = (List<?>) exploration.evidence().facts().get("perturbed");
                List<?> resampled = (List<?>) exploration.evidence().facts().get("resampled");
                assertThat(perturbed.size() + resampled.size()).isEqualTo(1);
            }
        }
    }

    @Test
    void whatCannotMoveStays() {
        SearchSpace still = new SearchSpace(List.of(
                new Parameter("still", new Choice(List.of(Value.of("x")), false), false),
                new Parameter("fixed", LOG, true)));
        Hyperparameters from = still.sample(new RandomStream(9));
        assertThat(explore()
                        .explore(handover(still, from, from), new RandomStream(10))
                        .hyperparameters())
                .isEqualTo(from);
    }

    @Test
    void operatorsThatDoNothingAreRefused() {
        refused(() -> new Perturb(List.of(0.8, 1.0), 0.25), "factors is [0.8, 1.0]");
        refused(() -> new Perturb(List.of(0.0), 0.25), "factors is [0.0]");
        refused(() -> new Perturb(List.of(-0.8), 0.25), "factors is [-0.8]");
        refused(() -> new Perturb(List.of(Double.NaN), 0.25), "factors is [NaN]");
        refused(() -> new Perturb(List.of(Double.POSITIVE_INFINITY), 0.25), "factors is [Infinity]");
        refused(() -> new Perturb(List.of(0.8), -0.1), "resample is -0.1");
        refused(() -> new Perturb(List.of(0.8), 1.1), "resample is 1.1");
        refused(() -> new Perturb(List.of(0.8), Double.NaN), "resample is NaN");
        refused(() -> new Perturb(List.of(), 0), "nothing would ever change");
    }

    private static void refused(Runnable creation, String mentioned) {
        assertThatIllegalArgumentException().isThrownBy(creation::run).withMessageContaining(mentioned);
    }
}
