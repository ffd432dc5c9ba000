package org.evolvent.testkit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.junit.jupiter.api.Test;

/** What holds for every explore operator. To test one, extend this class and make the operator. */
public abstract class ExploreLaws {
    /** The space explored: every kind of domain, and fixed parameters. */
    protected static final SearchSpace SPACE = Populations.SPACE;

    private static final int CASES = 5_000;

    /** Returns the operator under test. */
    protected abstract Explore explore();

    /** Returns whether the operator promises to change something; true unless overridden. */
    protected boolean alwaysMoves() {
        return true;
    }

    /** Returns what a member takes over in {@link #SPACE}: member 0, which used {@code own}, copies member 1. */
    protected static Handover handover(Hyperparameters inherited, Hyperparameters own) {
        return handover(SPACE, inherited, own);
    }

    /** Returns the same in a space of one's own. */
    protected static Handover handover(SearchSpace space, Hyperparameters inherited, Hyperparameters own) {
        return Populations.handover(space, inherited, own);
    }

    @Test
    void theResultLiesInTheSpace() {
        Property.holds("inside", CASES, random -> {
            Hyperparameters explored = explore(random);
            assertThat(SPACE.contains(explored))
                    .as("the space contains %s", explored)
                    .isTrue();
        });
    }

    @Test
    void manyStepsInARowStayInTheSpace() {
        RandomStream random = new RandomStream(1);
        Hyperparameters walked = SPACE.sample(random);
        for (int i = 0; i < CASES; i++) {
            walked = explore().explore(handover(walked, walked), random).hyperparameters();
            assertThat(SPACE.contains(walked))
                    .as("the space contains %s", walked)
                    .isTrue();
        }
    }

    @Test
    void fixedParametersAreInherited() {
        Property.holds("fixed", CASES, random -> {
            Hyperparameters inherited = SPACE.sample(random);
            Hyperparameters explored = explore()
                    .explore(handover(inherited, SPACE.sample(random)), random)
                    .hyperparameters();
            for (Parameter parameter : SPACE.parameters()) {
                if (parameter.fixed()) {
                    assertThat(explored.get(parameter.name())).isEqualTo(inherited.get(parameter.name()));
                }
            }
        });
    }

    @Test
    void theOrderOfTheSpaceIsKept() {
        Property.holds(
                "order",
                10,
                random -> assertThat(explore(random).values().keySet())
                        .containsExactlyElementsOf(
                                SPACE.parameters().stream().map(Parameter::name).toList()));
    }

    @Test
    void theSameInputGivesTheSameResult() {
        Property.holds("deterministic", CASES, random -> {
            Hyperparameters inherited = SPACE.sample(random);
            Hyperparameters own = SPACE.sample(random);
            long seed = random.nextLong();
            Handover handover = handover(inherited, own);
            Exploration first = explore().explore(handover, new RandomStream(seed));
            assertThat(explore().explore(handover, new RandomStream(seed))).isEqualTo(first);
            assertThat(first.reason()).isNotBlank();
        });
    }

    @Test
    void somethingMoves() {
        if (alwaysMoves()) {
            Property.holds("moves", CASES, random -> {
                Hyperparameters inherited = SPACE.sample(random);
                assertThat(explore()
                                .explore(handover(inherited, SPACE.sample(random)), random)
                                .hyperparameters())
                        .isNotEqualTo(inherited);
            });
        }
    }

    private Hyperparameters explore(RandomStream random) {
        return explore()
                .explore(handover(SPACE.sample(random), SPACE.sample(random)), random)
                .hyperparameters();
    }
}
