package org.evolvent.core.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
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

class GaussianNoiseTest extends ExploreLaws {
    @Override
    protected Explore explore() {
        return new GaussianNoise(0.1);
    }

    @Test
    void linearNoiseIsNormalInTheParametersUnits() {
        double[] drawn = draws(new Reals(-100, 100, Scale.LINEAR), Value.of(3.0), 0.1);
        Statistics.assertDistributed(drawn, x -> normal((x - 3) / 0.1));
    }

    @Test
    void logarithmicNoiseIsNormalInTheLogarithm() {
        double[] drawn = draws(new Reals(1e-6, 1e6, Scale.LOG), Value.of(2.0), 0.5);
        Statistics.assertDistributed(drawn, x -> normal(Math.log(x / 2) / 0.5));
    }

    @Test
    void zeroIsNoTrapAndTheEndsClip() {
        double[] drawn = draws(new Reals(0, 10, Scale.LINEAR), Value.of(0.0), 0.1);
        long clipped = Arrays.stream(drawn).filter(x -> x == 0).count();
        Statistics.assertUniform(new long[] {clipped, drawn.length - clipped});
    }

    @Test
    void integersAndOrderedChoicesAreRounded() {
        double[] integers = draws(new Ints(-50, 50, Scale.LINEAR), Value.of(0), 1);
        List<Value> places = List.of(Value.of(10), Value.of(20), Value.of(30), Value.of(40), Value.of(50));
        double[] choices = draws(new Choice(places, true), Value.of(30), 1);
        double middle = normal(0.5) - normal(-0.5);
        double next = normal(1.5) - normal(0.5);
        long[] cells = new long[5];
        for (double integer : integers) {
            cells[(int) Math.max(0, Math.min(4, integer + 2))]++;
        }
        double rest = (1 - middle - 2 * next) / 2;
        Statistics.assertProbabilities(cells, rest, next, middle, next, rest);
        long[] counted = new long[5];
        for (double choice : choices) {
            counted[(int) (choice / 10) - 1]++;
        }
        Statistics.assertProbabilities(counted, rest, next, middle, next, rest);
    }

    @Test
    void refusesNoNoise() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianNoise(0))
                .withMessageContaining("above 0");
    }

    private static double[] draws(Domain domain, Value from, double sd) {
        SearchSpace space = new SearchSpace(List.of(new Parameter("x", domain, false)));
        Hyperparameters inherited = Hyperparameters.of(Map.of("x", from));
        RandomStream random = new RandomStream(1);
        double[] drawn = new double[100_000];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = new GaussianNoise(sd)
                    .explore(handover(space, inherited, inherited), random)
                    .hyperparameters()
                    .real("x");
        }
        assertThat(drawn).isNotEmpty();
        return drawn;
    }

    /** The normal distribution function, by Simpson's rule. */
    private static double normal(double x) {
        double sum = 0;
        int pieces = 200;
        double width = x / pieces;
        for (int i = 0; i <= pieces; i++) {
            double weight = i == 0 || i == pieces ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-0.5 * i * width * i * width);
        }
        return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
    }
}
