package org.evolvent.core.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.evolvent.core.random.RandomStream;
import org.evolvent.testkit.operator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever walks without selection is where the prior would have put it, in every kind of domain. What the prior is stands here a second
 * time, as cells and their probabilities, by formulas of their own.
 */
class WalkTest {
    private static final int WALKERS = 5_000;
    private static final int STEPS = 20;
    private static final double LEAST = 0.005;

    /**
     * A domain, cut into cells.
     *
     * @param domain the domain
     * @param cells the values between two cells, from the lowest; of an unordered choice, the number of each
     * @param probabilities of the cells
     */
    record Expected(Domain domain, List<Double> cells, List<Double> probabilities) {
        /** Joins the cells that hold next to nothing with the one before, and the first with the next. */
        static Expected of(Domain domain, double[] cells, double[] probabilities) {
            List<Double> between = new ArrayList<>();
            List<Double> joined = new ArrayList<>();
            double mass = probabilities[0];
            for (int i = 0; i < cells.length; i++) {
                if (mass > LEAST && Arrays.stream(probabilities).skip(i + 1).sum() > LEAST) {
                    between.add(cells[i]);
                    joined.add(mass);
                    mass = 0;
                }
                mass += probabilities[i + 1];
            }
            joined.add(mass);
            return new Expected(domain, between, joined);
        }

        int cell(Value value) {
            double number = number(domain, value);
            int cell = 0;
            while (cell < cells.size() && number >= cells.get(cell)) {
                cell++;
            }
            return cell;
        }

        void assertFollowed(long[] counts) {
            Statistics.assertProbabilities(
                    counts, probabilities.stream().mapToDouble(x -> x).toArray());
        }

        @Override
        public String toString() {
            return domain.toString();
        }
    }

    private static double number(Domain domain, Value value) {
        return domain instanceof Choice choice
                ? choice.values().indexOf(value)
                : ((Number) value.plain()).doubleValue();
    }

    static Stream<Expected> everyKind() {
        return Stream.of(
                continuous(Reals.linear(0, 0.7), x -> 1),
                continuous(Reals.linear(-3, 5), x -> 1),
                continuous(Reals.log(1e-5, 1e-1), x -> 1 / x),
                continuous(new Reals(0.9, 0.9999, Scale.DISCOUNT), x -> 1 / (1 - x)),
                continuous(Reals.linear(0, 1).normal(0.3, 0.2), x -> bell(x, 0.3, 0.2)),
                continuous(Reals.linear(0, 1).normal(1, 5), x -> bell(x, 1, 5)),
                continuous(Reals.log(1e-5, 1e-1).normal(1e-3, 1), x -> bell(Math.log(x), Math.log(1e-3), 1) / x),
                continuous(
                        new Reals(0.9, 0.9999, Scale.DISCOUNT).normal(0.99, 1),
                        x -> bell(Math.log1p(-x), Math.log1p(-0.99), 1) / (1 - x)),
                // The range of a grid, with half a step beyond each end.
                around(Reals.linear(0, 1).inSteps(0.05), 0.05, x -> 1),
                around(Reals.linear(0, 0.3).inSteps(0.1).normal(0.1, 0.1), 0.1, x -> bell(x, 0.1, 0.1)),
                fromOneToTheNext(Reals.log(0.5, 8).inSteps(0.5), 0.5, x -> 1 / x),
                around(new Ints(0, 12, Scale.LINEAR), 1, x -> 1),
                around(new Ints(10, 22, Scale.LINEAR), 1, x -> 1),
                around(new Ints(0, 20, Scale.LINEAR), 1, x -> 1),
                around(new Ints(1, 5, Scale.LINEAR), 1, x -> 1),
                around(new Ints(-7, 9, Scale.LINEAR), 1, x -> 1),
                around(new Ints(0, 1, Scale.LINEAR), 1, x -> 1),
                around(new Ints(0, 100, Scale.LINEAR).inSteps(10), 10, x -> 1),
                around(new Ints(0, 12, Scale.LINEAR).normal(9, 3), 1, x -> bell(x, 9, 3)),
                fromOneToTheNext(new Ints(1, 7, Scale.LOG), 1, x -> 1 / x),
                fromOneToTheNext(new Ints(8, 64, Scale.LOG).inSteps(8), 8, x -> 1 / x),
                fromOneToTheNext(new Ints(1, 7, Scale.LOG).normal(2, 1), 1, x -> bell(Math.log(x), Math.log(2), 1) / x),
                choice(true, "a", "b", "c"),
                choice(true, "a", "b", "c", "d", "e", "f"),
                choice(false, "a", "b", "c"),
                choice(false, "a", "b", "c", "d", "e", "f"),
                choice(false, "false", "true"));
    }

    private static Expected choice(boolean ordered, String... texts) {
        double[] equal = new double[texts.length];
        Arrays.fill(equal, 1.0 / texts.length);
        return Expected.of(
                DomainTest.choice(ordered, texts),
                IntStream.range(1, texts.length).asDoubleStream().toArray(),
                equal);
    }

    private static Expected continuous(Domain domain, ToDoubleFunction<Double> density) {
        double[] edges = IntStream.rangeClosed(0, 20)
                .mapToDouble(i -> number(domain, domain.at(i / 20.0)))
                .toArray();
        return Expected.of(domain, Arrays.copyOfRange(edges, 1, 20), probabilities(edges, density));
    }

    private static Expected around(Domain domain, double step, ToDoubleFunction<Double> density) {
        return grid(domain, step, step / 2, density);
    }

    private static Expected fromOneToTheNext(Domain domain, double step, ToDoubleFunction<Double> density) {
        return grid(domain, step, 0, density);
    }

    private static Expected grid(Domain domain, double step, double before, ToDoubleFunction<Double> density) {
        double low = number(domain, domain.at(0));
        double[] values = LongStream.range(0, domain.size())
                .mapToDouble(i -> low + i * step)
                .toArray();
        double[] edges = DoubleStream.concat(
                        Arrays.stream(values).map(value -> value - before),
                        DoubleStream.of(values[values.length - 1] + step - before))
                .toArray();
        double[] cells =
                Arrays.stream(values).skip(1).map(value -> value - step / 2).toArray();
        return Expected.of(domain, cells, probabilities(edges, density));
    }

    private static double bell(double x, double mean, double deviation) {
        double z = (x - mean) / deviation;
        return Math.exp(-z * z / 2);
    }

    /** Integrates by the rule of the midpoint. */
    private static double[] probabilities(double[] edges, ToDoubleFunction<Double> density) {
        int parts = 10_000;
        double[] masses = new double[edges.length - 1];
        for (int i = 0; i < masses.length; i++) {
            double width = (edges[i + 1] - edges[i]) / parts;
            for (int part = 0; part < parts; part++) {
                masses[i] += density.applyAsDouble(edges[i] + (part + 0.5) * width) * width;
            }
        }
        double all = Arrays.stream(masses).sum();
        return Arrays.stream(masses).map(mass -> mass / all).toArray();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void drawsFollowThePrior(Expected expected) {
        RandomStream random = new RandomStream(1);
        long[] counts = new long[expected.probabilities().size()];
        for (int i = 0; i < 4 * WALKERS; i++) {
            Value drawn = expected.domain().sample(random);
            assertThat(expected.domain().contains(drawn)).as("%s", drawn).isTrue();
            counts[expected.cell(drawn)]++;
        }
        expected.assertFollowed(counts);
    }

    /** 10^5 steps: normal ones, those of a factor, and some that go around more than once. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("everyKind")
    void walkingKeepsThePrior(Expected expected) {
        Domain domain = expected.domain();
        RandomStream random = new RandomStream(2);
        long[] counts = new long[expected.probabilities().size()];
        for (int i = 0; i < WALKERS; i++) {
            Value value = domain.sample(random);
            for (int step = 0; step < STEPS; step++) {
                double share = step % 4 == 0
                        ? 3 * random.gaussian()
                        : step % 4 == 1 ? domain.shareOf(random.chance(0.5) ? 0.8 : 1.25) : 0.1 * random.gaussian();
                value = domain.walk(value, share, random);
                assertThat(domain.contains(value)).as("%s", value).isTrue();
            }
            counts[expected.cell(value)]++;
        }
        expected.assertFollowed(counts);
    }

    /** Also from the low end, where nothing is at first but what walks. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("everyKind")
    void walkingFindsThePriorFromAnEnd(Expected expected) {
        Domain domain = expected.domain();
        RandomStream random = new RandomStream(3);
        long[] counts = new long[expected.probabilities().size()];
        for (int i = 0; i < WALKERS; i++) {
            Value value = domain.at(0);
            for (int step = 0; step < 2 * STEPS; step++) {
                value = domain.walk(value, random.chance(0.9) ? 0.3 * random.gaussian() : 0, random);
            }
            counts[expected.cell(value)]++;
        }
        expected.assertFollowed(counts);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void anEndIsReachedAndHeld(Expected expected) {
        Domain domain = expected.domain();
        if (!domain.isOrdered() || domain.plain().containsKey("normal")) {
            // The ends of a normal prior are as rare as it says.
            return;
        }
        RandomStream random = new RandomStream(4);
        for (double end : new double[] {0, 1}) {
            Value value = domain.at(0.5);
            int reached = 0;
            int held = 0;
            for (int i = 0; i < 20_000; i++) {
                boolean there = Math.abs(domain.position(value) - end) < 0.02;
                value = domain.walk(value, 0.05 * random.gaussian(), random);
                if (there) {
                    reached++;
                    held += Math.abs(domain.position(value) - end) < 0.02 ? 1 : 0;
                }
            }
            assertThat(reached)
                    .as("how often it was at the end %s of %s", end, domain)
                    .isPositive();
            assertThat((double) held / reached).isGreaterThan(0.15);
        }
    }

    @Test
    void aStepIsAShareOfTheRangeInItsScale() {
        RandomStream random = new RandomStream(5);
        assertThat(Reals.linear(0, 8).walk(Value.of(4.0), 0.125, random)).isEqualTo(Value.of(5.0));
        assertThat(Reals.linear(0, 8).walk(Value.of(7.0), 0.25, random)).isEqualTo(Value.of(7.0));
        assertThat(Reals.linear(0, 8).walk(Value.of(1.0), -2.25, random)).isEqualTo(Value.of(1.0));
        assertThat((Double)
                        Reals.log(1e-4, 1).walk(Value.of(1e-2), 0.25, random).plain())
                .isCloseTo(0.1, org.assertj.core.data.Offset.offset(1e-12));
        Reals discount = new Reals(0.9, 0.9999, Scale.DISCOUNT);
        assertThat((Double) discount.walk(Value.of(0.99), 1.0 / 3, random).plain())
                .isCloseTo(0.999, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(Reals.log(1e-5, 1).shareOf(10)).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(Reals.linear(0, 8).shareOf(0.8)).isCloseTo(-0.125, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void whatDoesNotMoveStays() {
        RandomStream random = new RandomStream(6);
        everyKind().map(Expected::domain).forEach(domain -> {
            Value value = domain.sample(random);
            assertThat(domain.walk(value, 0, random)).isEqualTo(value);
        });
        Choice only = DomainTest.choice(true, "only");
        assertThat(only.walk(Value.of("only"), 0.5, random)).isEqualTo(Value.of("only"));
    }

    @Test
    void anUnorderedChoiceBecomesAnotherOne() {
        Choice choice = DomainTest.choice(false, "a", "b", "c", "d");
        RandomStream random = new RandomStream(7);
        long[] counts = new long[4];
        for (int i = 0; i < 10_000; i++) {
            counts[choice.values().indexOf(choice.walk(Value.of("b"), 1e-9, random))]++;
        }
        assertThat(counts[1]).isZero();
        Statistics.assertUniform(new long[] {counts[0], counts[2], counts[3]});
    }

    @Test
    void valuesOfAGridAreThoseThatPeopleWrite() {
        Reals grid = Reals.linear(0, 1).inSteps(0.1);
        assertThat(grid.size()).isEqualTo(11);
        assertThat(LongStream.rangeClosed(0, 10).mapToObj(i -> grid.at(i / 10.0)))
                .containsExactlyElementsOf(Stream.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
                        .<Value>map(Value::of)
                        .toList());
        assertThat(grid.contains(Value.of(0.3))).isTrue();
        assertThat(grid.contains(Value.of(0.31))).isFalse();
        assertThat(new Ints(0, 100, Scale.LINEAR).inSteps(10).contains(Value.of(15)))
                .isFalse();
        RandomStream random = new RandomStream(8);
        for (double factor : new double[] {0.8, 1.25, 1.0001, 0.9999}) {
            for (Domain domain : List.of(grid, new Ints(0, 100, Scale.LINEAR).inSteps(10))) {
                for (int i = 0; i <= 10; i++) {
                    Value moved = domain.shift(domain.at(i / 10.0), factor, random);
                    assertThat(domain.contains(moved)).isTrue();
                    assertThat(moved).isNotEqualTo(domain.at(i / 10.0));
                }
            }
        }
    }
}
