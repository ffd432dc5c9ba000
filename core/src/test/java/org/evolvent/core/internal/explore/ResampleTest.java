package org.evolvent.core.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.population.Population;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;
import org.evolvent.testkit.operator.ExploreLaws;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResampleTest extends ExploreLaws {
    @Override
    protected Explore explore() {
        return new Resample(0.2, new GridShift(10, 3));
    }

    @Override
    protected boolean alwaysMoves() {
        return false;
    }

    @Test
    void resamplesWithItsProbability() {
        Resample resample = new Resample(0.2, new NoExplore());
        RandomStream random = new RandomStream(1);
        Hyperparameters inherited = SPACE.sample(random);
        long[] changed = new long[2];
        for (int i = 0; i < 50_000; i++) {
            Hyperparameters explored =
                    resample.explore(handover(inherited, inherited), random).hyperparameters();
            changed[explored.get("rate").equals(inherited.get("rate")) ? 0 : 1]++;
        }
        Statistics.assertProbabilities(changed, 0.8, 0.2);
    }

    /** Every kind of domain: whatever is drawn anew follows the prior, wherever it came from. */
    @Tag("slow")
    @Test
    void whatIsDrawnAnewFollowsThePrior() {
        Resample always = new Resample(1, new NoExplore());
        RandomStream random = new RandomStream(2);
        RandomStream prior = new RandomStream(3);
        Hyperparameters inherited = SPACE.sample(random);
        for (Parameter parameter : SPACE.parameters()) {
            if (!parameter.isMovable()) {
                continue;
            }
            long[] drawn = new long[10];
            double[] expected = new double[10];
            for (int i = 0; i < 20_000; i++) {
                Hyperparameters explored =
                        always.explore(handover(inherited, inherited), random).hyperparameters();
                drawn[cell(parameter, explored)]++;
            }
            for (int i = 0; i < 2_000_000; i++) {
                expected[cell(parameter, parameter.domain().sample(prior))] += 1 / 2_000_000.0;
            }
            int[] used = IntStream.range(0, 10).filter(i -> expected[i] > 0).toArray();
            Statistics.assertProbabilities(
                    IntStream.of(used).mapToLong(i -> drawn[i]).toArray(),
                    IntStream.of(used).mapToDouble(i -> expected[i]).toArray());
        }
    }

    private static int cell(Parameter parameter, Hyperparameters hyperparameters) {
        return cell(parameter, hyperparameters.get(parameter.name()));
    }

    private static int cell(Parameter parameter, Value value) {
        return (int) Math.min(9, 10 * parameter.domain().position(value));
    }

    /** It hands over who copied whom, and what was observed. */
    @Test
    void theOtherOperatorKnowsWhatItWouldKnowAlone() {
        PairwiseLearning alone = new PairwiseLearning(1, 1);
        RandomStream random = new RandomStream(4);
        Handover handover = new Handover(
                SPACE,
                Population.of(List.of()),
                Populations.point(0, 0, 1),
                Populations.point(1, 0, 2),
                SPACE.sample(random));
        assertThat(new Resample(0, alone).explore(handover, new RandomStream(5)).hyperparameters())
                .isEqualTo(alone.explore(handover, new RandomStream(5)).hyperparameters());
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resample(1.5, new NoExplore()))
                .withMessageContaining("1.5");
    }
}
