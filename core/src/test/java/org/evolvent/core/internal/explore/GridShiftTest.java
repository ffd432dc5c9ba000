package org.evolvent.core.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
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

class GridShiftTest extends ExploreLaws {
    @Override
    protected Explore explore() {
        return new GridShift(10, 3);
    }

    /** A shift of 0 is drawn now and then, as published. */
    @Override
    protected boolean alwaysMoves() {
        return false;
    }

    @Test
    void shiftsAreUniformInBothDirections() {
        long[] levels = levels(new Reals(0, 9, Scale.LINEAR), Value.of(5.0));
        Statistics.assertProbabilities(
                new long[] {levels[2], levels[3], levels[4], levels[5], levels[6], levels[7], levels[8]},
                0.125,
                0.125,
                0.125,
                0.25,
                0.125,
                0.125,
                0.125);
    }

    @Test
    void theEndsClip() {
        long[] levels = levels(new Ints(0, 9, Scale.LINEAR), Value.of(1));
        Statistics.assertProbabilities(
                new long[] {levels[0], levels[1], levels[2], levels[3], levels[4]}, 0.375, 0.25, 0.125, 0.125, 0.125);
    }

    @Test
    void aValueBetweenLevelsGoesToTheNearest() {
        long[] levels = levels(new Reals(0, 9, Scale.LINEAR), Value.of(4.6));
        // Those that stay at 4.6 count as 5 here, too.
        Statistics.assertProbabilities(new long[] {levels[2], levels[5], levels[8]}, 0.25, 0.5, 0.25);
    }

    /** Three values are three levels: from the middle, a shift of 1 or more reaches an end. */
    @Test
    void orderedChoicesHaveAsManyLevelsAsValues() {
        Choice batch = new Choice(List.of(Value.of(0), Value.of(1), Value.of(2)), true);
        long[] levels = levels(batch, Value.of(1));
        Statistics.assertProbabilities(new long[] {levels[0], levels[1], levels[2]}, 0.375, 0.25, 0.375);
    }

    @Test
    void unorderedChoicesAreDrawnAnew() {
        Choice kind = new Choice(List.of(Value.of(0), Value.of(1), Value.of(2)), false);
        long[] levels = levels(kind, Value.of(2));
        Statistics.assertUniform(new long[] {levels[0], levels[1], levels[2]});
    }

    /** Ten levels from 1 to 512 are the powers of 2. */
    @Test
    void levelsAreEvenInTheScaleOfTheDomain() {
        SearchSpace space = new SearchSpace(List.of(new Parameter("x", new Reals(1, 512, Scale.LOG), false)));
        Hyperparameters inherited = Hyperparameters.of(Map.of("x", Value.of(16.0)));
        RandomStream random = new RandomStream(2);
        long[] powers = new long[10];
        for (int i = 0; i < 40_000; i++) {
            double to = new GridShift(10, 3)
                    .explore(handover(space, inherited, inherited), random)
                    .hyperparameters()
                    .real("x");
            double power = Math.log(to) / Math.log(2);
            assertThat(power).isCloseTo(Math.rint(power), within(1e-9));
            powers[(int) Math.rint(power)]++;
        }
        Statistics.assertProbabilities(
                new long[] {powers[1], powers[2], powers[3], powers[4], powers[5], powers[6], powers[7]},
                0.125,
                0.125,
                0.125,
                0.25,
                0.125,
                0.125,
                0.125);
    }

    @Test
    void refusesAGridOfOneLevel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GridShift(1, 3))
                .withMessageContaining("levels is 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GridShift(10, 0))
                .withMessageContaining("option most is 0");
    }

    private static long[] levels(Domain domain, Value from) {
        SearchSpace space = new SearchSpace(List.of(new Parameter("x", domain, false)));
        Hyperparameters inherited = Hyperparameters.of(Map.of("x", from));
        RandomStream random = new RandomStream(1);
        long[] levels = new long[10];
        for (int i = 0; i < 80_000; i++) {
            double to = new GridShift(10, 3)
                    .explore(handover(space, inherited, inherited), random)
                    .hyperparameters()
                    .real("x");
            levels[(int) Math.round(to)]++;
        }
        return levels;
    }
}
