package org.evolvent.core.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Parameter.Moves;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.testkit.operator.ExploreLaws;
import org.evolvent.testkit.operator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutateTest extends ExploreLaws {
    private static final int WALKERS = 5_000;
    private static final int STEPS = 20;
    private static final Choice KINDS =
            new Choice(Stream.of("a", "b", "c").map(Value::of).toList(), false);
    private static final Reals RATES = Reals.log(1e-5, 1e-1);

    /** Domains of which 10 parts of the scale, or all values, are equally likely. */
    private static final SearchSpace EVEN = SearchSpace.of(
            Parameter.of("rate", RATES),
            Parameter.of("gamma", new Reals(0.9, 0.9999, Scale.DISCOUNT)),
            Parameter.of("dropout", Reals.linear(0, 0.5).inSteps(0.05)),
            Parameter.of("n", new Ints(0, 12, Scale.LINEAR)),
            Parameter.of("m", new Ints(1, 5, Scale.LINEAR)),
            Parameter.of(
                    "batch", new Choice(Stream.of(32, 64, 128).map(Value::of).toList(), true)),
            Parameter.of("kind", KINDS),
            Parameter.of("flag", Choice.flag()));

    @Override
    protected Explore explore() {
        return Mutate.standard();
    }

    /** A step may end in the cell that it began in, and so may all. */
    @Override
    protected boolean alwaysMoves() {
        return false;
    }

    static Stream<Explore> everyWay() {
        return Stream.of(
                        Map.of(),
                        Map.of("size", 1.0),
                        Map.of("size", 0.02, "change", 0.3),
                        Map.of("change", 0.01, "swap", 0.01),
                        Map.of("factors", List.of(0.8, 1.25)),
                        // Not symmetric as they stand.
                        Map.of("factors", List.of(0.5, 1.1, 1.2)),
                        Map.of("swap", 1.0, "resample", 0.5))
                .map(options ->
                        ((Pbt) Catalogue.builtIn().strategy(Map.of("explore", Map.of("mutate", options)))).explore());
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("everyWay")
    void exploringWithoutSelectionKeepsThePrior(Explore explore) {
        keepsThePrior(EVEN, explore);
    }

    @Test
    void soItDoesWithSettingsOfItsParameters() {
        List<Moves> settings = List.of(
                new Moves(List.of(0.7), OptionalDouble.empty(), OptionalDouble.of(0.2), OptionalDouble.empty()),
                new Moves(List.of(), OptionalDouble.of(0.5), OptionalDouble.empty(), OptionalDouble.of(0.1)),
                new Moves(List.of(2.0, 1.1), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()));
        List<Parameter> parameters = EVEN.parameters();
        keepsThePrior(
                new SearchSpace(IntStream.range(0, parameters.size())
                        .mapToObj(i -> parameters.get(i).moving(settings.get(i % settings.size())))
                        .toList()),
                Mutate.standard());
    }

    private static void keepsThePrior(SearchSpace space, Explore explore) {
        RandomStream random = new RandomStream(1);
        List<Parameter> parameters = space.parameters();
        long[][] counts = parameters.stream()
                .map(parameter -> new long[(int) Math.min(10, parameter.domain().size())])
                .toArray(long[][]::new);
        counts[3] = new long[13];
        counts[2] = new long[11];
        for (int i = 0; i < WALKERS; i++) {
            Hyperparameters walked = space.sample(random);
            for (int step = 0; step < STEPS; step++) {
                walked =
                        explore.explore(handover(space, walked, walked), random).hyperparameters();
            }
            for (int j = 0; j < counts.length; j++) {
                double position = parameters
                        .get(j)
                        .domain()
                        .position(walked.get(parameters.get(j).name()));
                int cells = counts[j].length;
                boolean every = parameters.get(j).domain().size() == Long.MAX_VALUE;
                counts[j][(int) (every ? Math.min(cells - 1, position * cells) : Math.round(position * (cells - 1)))]++;
            }
        }
        for (long[] each : counts) {
            Statistics.assertUniform(each);
        }
    }

    @Test
    void eachChangesWithItsProbabilityWhereAnotherOneDoes() {
        SearchSpace space = SearchSpace.of(
                Parameter.of("a", RATES),
                Parameter.of("b", RATES)
                        .moving(new Moves(
                                List.of(), OptionalDouble.empty(), OptionalDouble.of(0.4), OptionalDouble.of(0.25))),
                Parameter.of("kind", KINDS));
        Mutate mutate = new Mutate(0.1, List.of(), List.of(), 0.3, 0.2, 0);
        RandomStream random = new RandomStream(2);
        Hyperparameters from = space.sample(random);
        long[] counts = new long[8];
        int resampled = 0;
        for (int i = 0; i < 100_000; i++) {
            Exploration exploration = mutate.explore(handover(space, from, from), random);
            Hyperparameters to = exploration.hyperparameters();
            int cell = 0;
            for (Parameter parameter : space.parameters()) {
                cell = 2 * cell + (to.get(parameter.name()).equals(from.get(parameter.name())) ? 0 : 1);
            }
            counts[cell]++;
            resampled += ((List<?>) exploration.evidence().facts().get("resampled")).size();
        }
        assertThat(counts[0]).isZero();
        double[] changes = {0.3, 0.25 + 0.75 * 0.4, 0.2};
        double[] expected = new double[7];
        double none = (1 - changes[0]) * (1 - changes[1]) * (1 - changes[2]);
        for (int cell = 1; cell < 8; cell++) {
            expected[cell - 1] = 1 / (1 - none);
            for (int j = 0; j < 3; j++) {
                expected[cell - 1] *= (cell >> (2 - j)) % 2 == 1 ? changes[j] : 1 - changes[j];
            }
        }
        long[] some = new long[7];
        System.arraycopy(counts, 1, some, 0, 7);
        Statistics.assertProbabilities(some, expected);
        Statistics.assertProbabilities(
                new long[] {resampled, 100_000 - resampled}, 0.25 / (1 - none), 1 - 0.25 / (1 - none));
    }

    @Test
    void stepsAreNormalSharesOfTheRangeUnlessThereAreFactors() {
        SearchSpace space = SearchSpace.of(
                Parameter.of("x", Reals.linear(0, 1000)),
                Parameter.of("own", Reals.linear(0, 1000))
                        .moving(new Moves(
                                List.of(), OptionalDouble.of(0.02), OptionalDouble.empty(), OptionalDouble.empty())),
                Parameter.of("factor", Reals.linear(0, 1000))
                        .moving(new Moves(
                                List.of(1.25),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty())));
        Hyperparameters middle = Hyperparameters.ofPlain(Map.of("x", 500.0, "own", 500.0, "factor", 500.0));
        RandomStream random = new RandomStream(3);
        Mutate mutate = new Mutate(0.05, List.of(), List.of(), 1, 0.25, 0);
        double squares = 0;
        double own = 0;
        int up = 0;
        for (int i = 0; i < 10_000; i++) {
            Hyperparameters to =
                    mutate.explore(handover(space, middle, middle), random).hyperparameters();
            squares += Math.pow(to.real("x") / 1000 - 0.5, 2);
            own += Math.pow(to.real("own") / 1000 - 0.5, 2);
            assertThat(Math.abs(to.real("factor") - 500)).isBetween(124.999, 125.001);
            up += to.real("factor") > 500 ? 1 : 0;
        }
        assertThat(Math.sqrt(squares / 10_000)).isBetween(0.049, 0.051);
        assertThat(Math.sqrt(own / 10_000)).isBetween(0.0196, 0.0204);
        Statistics.assertUniform(new long[] {up, 10_000 - up});
    }

    /** The factors are uniform between the two: steps up and down are equally likely, and none is shorter or longer. */
    @Test
    void theAmplitudeIsDrawnFromItsRange() {
        Parameter rate = Parameter.of("rate", RATES);
        SearchSpace space = SearchSpace.of(rate);
        Mutate mutate = new Mutate(0.1, List.of(), List.of(1.1, 1.5), 1, 0.25, 0);
        RandomStream random = new RandomStream(5);
        Hyperparameters from = Hyperparameters.of(Map.of("rate", RATES.at(0.5)));
        double[] factors = new double[20_000];
        long up = 0;
        for (int i = 0; i < factors.length; i++) {
            double moved = mutate.explore(handover(space, from, from), random)
                            .hyperparameters()
                            .real("rate")
                    / from.real("rate");
            up += moved > 1 ? 1 : 0;
            factors[i] = Math.max(moved, 1 / moved);
        }
        Statistics.assertDistributed(factors, factor -> Math.max(0, Math.min(1, (factor - 1.1) / 0.4)));
        Statistics.assertUniform(new long[] {up, factors.length - up});
    }

    @Test
    void theAmplitudeLeadsNowhere() {
        Ints ints = new Ints(0, 12, Scale.LINEAR);
        SearchSpace space = SearchSpace.of(Parameter.of("n", ints));
        RandomStream random = new RandomStream(6);
        long[] counts = new long[13];
        for (int i = 0; i < WALKERS; i++) {
            Hyperparameters walked = space.sample(random);
            for (int step = 0; step < STEPS; step++) {
                walked = new Mutate(0.1, List.of(), List.of(1.1, 2.0), 1, 0.25, 0)
                        .explore(handover(space, walked, walked), random)
                        .hyperparameters();
            }
            counts[walked.integer("n")]++;
        }
        Statistics.assertUniform(counts);
    }

    @Tag("slow")
    @Test
    void firstValuesMayLieInAPartOfTheRangeThatWalkersLeave() {
        Parameter rate = Parameter.of("rate", RATES).beginning(Reals.log(1e-3, 1e-2));
        SearchSpace space = SearchSpace.of(rate);
        RandomStream random = new RandomStream(4);
        long[] cells = new long[4];
        for (int i = 0; i < WALKERS; i++) {
            Hyperparameters walked = space.sample(random);
            assertThat(walked.real("rate")).isBetween(1e-3, 1e-2);
            for (int step = 0; step < 5 * STEPS; step++) {
                walked = new Mutate(0.3, List.of(), List.of(), 1, 0.25, 0)
                        .explore(handover(space, walked, walked), random)
                        .hyperparameters();
            }
            cells[(int) Math.min(3, 4 * RATES.position(walked.get("rate")))]++;
        }
        Statistics.assertUniform(cells);
    }

    /** The prior is then that of what the constraints allow: 15 of 25 pairs, of which the edge is easily lost. */
    @Test
    void whatAConstraintAllowsIsVisitedAsOftenAsThePriorDrawsIt() {
        SearchSpace space = SearchSpace.of(
                        Parameter.of("a", new Ints(1, 5, Scale.LINEAR)),
                        Parameter.of("b", new Ints(1, 5, Scale.LINEAR)))
                .constrained(Constraint.of("a <= b"));
        RandomStream random = new RandomStream(7);
        long[] counts = new long[15];
        for (int i = 0; i < WALKERS; i++) {
            Hyperparameters walked = space.sample(random);
            for (int step = 0; step < STEPS; step++) {
                walked = new Mutate(0.2, List.of(), List.of(), 1, 0.25, 0.05)
                        .explore(handover(space, walked, walked), random)
                        .hyperparameters();
            }
            int b = walked.integer("b");
            counts[b * (b - 1) / 2 + walked.integer("a") - 1]++;
        }
        Statistics.assertUniform(counts);
    }

    @Test
    void whatIsNotActiveStaysAndComesBack() {
        SearchSpace space = SearchSpace.of(
                Parameter.of("flag", Choice.flag()),
                Parameter.of("rate", RATES).onlyWhen("flag", List.of(Value.of(true))));
        RandomStream random = new RandomStream(8);
        Hyperparameters walked = Hyperparameters.ofPlain(Map.of("flag", false, "rate", 1e-3));
        int returns = 0;
        for (int i = 0; i < 20 * WALKERS; i++) {
            Hyperparameters next =
                    explore().explore(handover(space, walked, walked), random).hyperparameters();
            if (!walked.flag("flag")) {
                assertThat(next.get("rate")).isEqualTo(walked.get("rate"));
                returns += next.flag("flag") ? 1 : 0;
            }
            walked = next;
        }
        assertThat(returns).isGreaterThan(1_000);
    }

    @Test
    void whatCannotMoveStays() {
        SearchSpace still = SearchSpace.of(
                Parameter.of("still", new Choice(List.of(Value.of("x")), false)),
                new Parameter("fixed", RATES, true),
                Parameter.of("held", RATES)
                        .moving(new Moves(
                                List.of(), OptionalDouble.empty(), OptionalDouble.of(0), OptionalDouble.of(0))));
        Hyperparameters from = still.sample(new RandomStream(5));
        assertThat(explore()
                        .explore(handover(still, from, from), new RandomStream(6))
                        .hyperparameters())
                .isEqualTo(from);
    }

    @Test
    void resampleStandsInsideOrBeside() {
        Explore inside = ((Pbt) Catalogue.builtIn()
                        .strategy(Map.of("explore", Map.of("mutate", Map.of("resample", 0.5)))))
                .explore();
        Explore beside = ((Pbt) Catalogue.builtIn()
                        .strategy(Map.of("explore", Map.of("mutate", Collections.emptyMap(), "resample", 0.5))))
                .explore();
        assertThat(beside).isEqualTo(inside).isEqualTo(Mutate.standard().resampling(0.5));
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        refused(() -> new Mutate(0, List.of(), List.of(), 1, 0.25, 0), "size is 0.0");
        refused(() -> new Mutate(1.1, List.of(), List.of(), 1, 0.25, 0), "size is 1.1");
        refused(() -> new Mutate(0.1, List.of(1.0), List.of(), 1, 0.25, 0), "factors is [1.0]");
        refused(() -> new Mutate(0.1, List.of(), List.of(1.5, 1.1), 1, 0.25, 0), "amplitude is [1.5, 1.1]");
        refused(() -> new Mutate(0.1, List.of(), List.of(1.5), 1, 0.25, 0), "amplitude is [1.5]");
        refused(() -> new Mutate(0.1, List.of(), List.of(0.9, 1.5), 1, 0.25, 0), "amplitude is [0.9, 1.5]");
        refused(() -> new Mutate(0.1, List.of(2.0), List.of(1.1, 1.5), 1, 0.25, 0), "one of them at most");
        refused(() -> new Mutate(0.1, List.of(), List.of(), 1.1, 0.25, 0), "change is 1.1");
        refused(() -> new Mutate(0.1, List.of(), List.of(), 1, -0.25, 0), "swap is -0.25");
        refused(() -> new Mutate(0.1, List.of(), List.of(), 1, 0.25, Double.NaN), "resample is NaN");
        refused(() -> new Mutate(0.1, List.of(), List.of(), 0, 0, 0), "nothing would ever change");
    }

    private static void refused(Runnable creation, String mentioned) {
        assertThatIllegalArgumentException().isThrownBy(creation::run).withMessageContaining(mentioned);
    }
}
