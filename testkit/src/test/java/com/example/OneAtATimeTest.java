package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.evolvent.core.explore.Explore;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.testkit.operator.ExploreLaws;
import org.junit.jupiter.api.Test;

class OneAtATimeTest extends ExploreLaws {
    @Override
    protected Explore explore() {
        return new OneAtATime(1.25);
    }

    /** An unordered choice that is drawn anew may come out the same. */
    @Override
    protected boolean alwaysMoves() {
        return false;
    }

    @Test
    void atMostOneMoves() {
        RandomStream random = new RandomStream(1);
        for (int i = 0; i < 1000; i++) {
            Hyperparameters inherited = SPACE.sample(random);
            Hyperparameters explored =
                    explore().explore(handover(inherited, inherited), random).hyperparameters();
            assertThat(inherited.values().keySet().stream()
                            .filter(name -> !explored.get(name).equals(inherited.get(name))))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aFactorThatMovesNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OneAtATime(1))
                .withMessageContaining("1.0 but must be a finite number above 1");
    }
}
