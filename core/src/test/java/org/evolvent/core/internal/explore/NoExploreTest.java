package org.evolvent.core.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.evolvent.core.explore.Explore;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.testkit.operator.ExploreLaws;
import org.junit.jupiter.api.Test;

class NoExploreTest extends ExploreLaws {
    @Override
    protected Explore explore() {
        return new NoExplore();
    }

    @Override
    protected boolean alwaysMoves() {
        return false;
    }

    @Test
    void whatIsInheritedIsKept() {
        RandomStream random = new RandomStream(1);
        Hyperparameters inherited = SPACE.sample(random);
        assertThat(explore()
                        .explore(handover(inherited, SPACE.sample(random)), random)
                        .hyperparameters())
                .isSameAs(inherited);
    }
}
