package org.evolvent.core.explore;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.testing.Statistics;
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
                    resample.explore(SPACE, inherited, inherited, random).hyperparameters();
            changed[explored.get("rate").equals(inherited.get("rate")) ? 0 : 1]++;
        }
        Statistics.assertProbabilities(changed, 0.8, 0.2);
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resample(1.5, new NoExplore()))
                .withMessageContaining("1.5");
    }
}
