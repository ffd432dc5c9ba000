package org.evolvent.core.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evolvent.core.random.RandomStream;
import org.evolvent.testkit.operator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Draws and moves in every kind of domain, {@value #DRAWS} times each. */
class DomainTest {
    private static final int DRAWS = 100_000;
    private static final double[] FACTORS = {0.8, 1.25};

    static Stream<Domain> everyKind() {
        return Stream.of(
                new Reals(1e-5, 1e-1, Scale.LOG),
                new Reals(0.5, 0.7, Scale.LOG),
                new Reals(0, 0.7, Scale.LINEAR),
                new Reals(-3, 5, Scale.LINEAR),
                new Reals(-1e300, 1e300, Scale.LINEAR),
                new Reals(0.9, 0.9999, Scale.DISCOUNT),
                new Ints(1, 100, Scale.LOG),
                new Ints(1, 100, Scale.LINEAR),
                new Ints(-7, 9, Scale.LINEAR),
                new Ints(1, 2, Scale.LOG),
                new Ints(0, 1, Scale.LINEAR),
                new Ints(1, 1L << 53, Scale.LOG),
                new Ints(-(1L << 53), 1L << 53, Scale.LINEAR),
                choice(true, "a", "b", "c", "d"),
                choice(false, "a", "b", "c", "d"),
                choice(true, "a"),
                Choice.flag());
    }

    static Stream<Domain> whatMoves() {
        return everyKind().filter(domain -> domain.canMove() && domain.isOrdered());
    }

    static Choice choice(boolean ordered, String... texts) {
        return new Choice(Stream.of(texts).map(Value::of).toList(), ordered);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void drawsAndMovesStayInside(Domain domain) {
        RandomStream random = new RandomStream(1);
        double[] factors = {0.8, 1.25, 0.5, 2, 1e-9, 1e9, 1.0000001};
        Value walked = domain.sample(random);
        for (int i = 0; i < DRAWS; i++) {
            Value drawn = domain.sample(random);
            assertThat(domain.contains(drawn))
                    .as("%s contains the draw %s", domain, drawn)
                    .isTrue();
            walked = domain.shift(i % 10 == 0 ? drawn : walked, factors[random.index(factors.length)], random);
            assertThat(domain.contains(walked))
                    .as("%s contains the moved %s", domain, walked)
                    .isTrue();
            assertThat(domain.position(walked)).isBetween(-1e-12, 1 + 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void theEndsAreReachedAndStayInside(Domain domain) {
        RandomStream random = new RandomStream(2);
        for (double position : new double[] {-1, 0, 0.5, 1, 2}) {
            Value value = domain.at(position);
            assertThat(domain.contains(value))
                    .as("%s contains %s", domain, value)
                    .isTrue();
            for (double factor : FACTORS) {
                assertThat(domain.contains(domain.shift(value, factor, random))).isTrue();
            }
        }
        assertThat(domain.position(domain.at(0))).isZero();
        assertThat(domain.position(domain.at(1))).isEqualTo(domain.canMove() ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("whatMoves")
    void everyStepMovesAndFactorsOppose(Domain domain) {
        RandomStream random = new RandomStream(3);
        for (int i = 0; i < DRAWS; i++) {
            Value from = domain.sample(random);
            Value down = domain.shift(from, 0.8, random);
            Value up = domain.shift(from, 1.25, random);
            assertThat(down).as("0.8 on %s of %s", from, domain).isNotEqualTo(from);
            assertThat(up).as("1.25 on %s of %s", from, domain).isNotEqualTo(from);
            assertThat(domain.position(down)).isLessThanOrEqualTo(domain.position(up));
        }
    }

    @ParameterizedTest
    @MethodSource("whatMoves")
    void upAndDownAreEquallyLikely(Domain domain) {
        RandomStream random = new RandomStream(4);
        long[] upOrDown = new long[2];
        for (int i = 0; i < DRAWS; i++) {
            Value from = domain.sample(random);
            double position = domain.position(from);
            if (!(domain instanceof Reals) && (position < 0.15 || position > 0.85)) {
                // The ends of what is discrete have one direction only, and hold different shares of the prior.
                continue;
            }
            Value to = domain.shift(from, FACTORS[random.index(2)], random);
            upOrDown[domain.position(to) > domain.position(from) ? 1 : 0]++;
        }
        if (upOrDown[0] + upOrDown[1] > 0) {
            Statistics.assertUniform(upOrDown);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("whatMoves")
    void thePriorSurvivesManySteps(Domain domain) {
        RandomStream random = new RandomStream(5);
        int walkers = DRAWS / 5;
        double[] positions = new double[walkers];
        for (int i = 0; i < walkers; i++) {
            Value value = domain.sample(random);
            for (int step = 0; step < 50; step++) {
                value = domain.shift(value, FACTORS[random.index(2)], random);
            }
            positions[i] = domain.position(value);
        }
        if (domain instanceof Reals) {
            Statistics.assertDistributed(positions, x -> x);
        }
        double drift = Arrays.stream(positions).average().orElseThrow() - priorMean(domain);
        // Integers and choices must leave an end, so a little mass moves inward: next to nothing when there are many
        // values.
        double allowed = domain instanceof Reals ? 0.01 : 0.1;
        assertThat(drift).as("drift in %s after 50 steps", domain).isBetween(-allowed, allowed);
    }

    private static double priorMean(Domain domain) {
        RandomStream random = new RandomStream(14);
        return IntStream.range(0, DRAWS)
                .mapToDouble(i -> domain.position(domain.sample(random)))
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void drawsFollowThePrior(Domain domain) {
        RandomStream random = new RandomStream(6);
        double[] positions = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            positions[i] = domain.position(domain.sample(random));
        }
        if (domain instanceof Reals) {
            Statistics.assertDistributed(positions, x -> x);
        } else if (domain instanceof Choice choice && choice.canMove()) {
            long[] counts = new long[choice.values().size()];
            for (double position : positions) {
                counts[(int) Math.round(position * (counts.length - 1))]++;
            }
            Statistics.assertUniform(counts);
        }
    }

    @Test
    void linearIntegersAreDrawnUniformly() {
        Ints domain = new Ints(-2, 4, Scale.LINEAR);
        RandomStream random = new RandomStream(7);
        long[] counts = new long[7];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) ((Value.Int) domain.sample(random)).value() + 2]++;
        }
        Statistics.assertUniform(counts);
    }

    @Test
    void logIntegersAreDrawnByTheirShareOfTheLogarithm() {
        Ints domain = new Ints(1, 7, Scale.LOG);
        RandomStream random = new RandomStream(8);
        long[] counts = new long[7];
        double[] shares = new double[7];
        for (int i = 0; i < 7; i++) {
            shares[i] = Math.log((i + 2.0) / (i + 1.0)) / Math.log(8);
        }
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) ((Value.Int) domain.sample(random)).value() - 1]++;
        }
        Statistics.assertProbabilities(counts, shares);
    }

    @Test
    void theIntegerOneDoesNotStick() {
        RandomStream random = new RandomStream(9);
        for (Scale scale : List.of(Scale.LINEAR, Scale.LOG)) {
            Ints domain = new Ints(1, 100, scale);
            for (double factor : FACTORS) {
                assertThat(domain.shift(Value.of(1), factor, random)).isNotEqualTo(Value.of(1));
            }
        }
        Ints log = new Ints(1, 100, Scale.LOG);
        assertThat(log.shift(Value.of(1), 0.8, random)).isEqualTo(Value.of(2));
        assertThat(log.shift(Value.of(1), 1.25, random)).isEqualTo(Value.of(2));
    }

    @Test
    void integersAreRoundedNotCut() {
        Ints log = new Ints(1, 1000, Scale.LOG);
        RandomStream random = new RandomStream(10);
        assertThat(log.shift(Value.of(10), 1.25, random)).isEqualTo(Value.of(13));
        assertThat(log.shift(Value.of(11), 1.25, random)).isEqualTo(Value.of(14));
        assertThat(log.shift(Value.of(12), 0.8, random)).isEqualTo(Value.of(10));
        assertThat(log.shift(Value.of(11), 0.8, random)).isEqualTo(Value.of(9));
        assertThat(log.at(0.5)).isEqualTo(Value.of(32));
    }

    @Test
    void stepsHaveTheSizeThatTheFactorSays() {
        RandomStream random = new RandomStream(11);
        Reals log = new Reals(1e-5, 1e-1, Scale.LOG);
        assertThat(log.shift(Value.of(1e-3), 1.25, random))
                .satisfies(v -> assertThat((Double) v.plain())
                        .isCloseTo(1.25e-3, org.assertj.core.data.Percentage.withPercentage(1e-10)));
        Reals linear = new Reals(0, 8, Scale.LINEAR);
        assertThat(linear.shift(Value.of(4.0), 1.25, random)).isEqualTo(Value.of(5.0));
        assertThat(linear.shift(Value.of(4.0), 0.8, random)).isEqualTo(Value.of(3.0));
        // Reflected at the ends.
        assertThat(linear.shift(Value.of(7.75), 1.25, random)).isEqualTo(Value.of(7.25));
        assertThat(linear.shift(Value.of(0.0), 0.8, random)).isEqualTo(Value.of(1.0));
        // Half a step from the end the reflection would lead back to where it was.
        assertThat(linear.shift(Value.of(7.5), 1.25, random)).isEqualTo(Value.of(6.5));
        // Half the width at most.
        assertThat(linear.shift(Value.of(1.0), 100, random)).isEqualTo(Value.of(5.0));
    }

    @Test
    void orderedChoicesMoveToANeighbourAndInwardFromAnEnd() {
        Choice choice = choice(true, "a", "b", "c");
        RandomStream random = new RandomStream(12);
        assertThat(choice.shift(Value.of("b"), 1.25, random)).isEqualTo(Value.of("c"));
        assertThat(choice.shift(Value.of("b"), 0.8, random)).isEqualTo(Value.of("a"));
        for (double factor : FACTORS) {
            assertThat(choice.shift(Value.of("a"), factor, random)).isEqualTo(Value.of("b"));
            assertThat(choice.shift(Value.of("c"), factor, random)).isEqualTo(Value.of("b"));
        }
        assertThat(choice(true, "a").shift(Value.of("a"), 1.25, random)).isEqualTo(Value.of("a"));
    }

    @Test
    void unorderedChoicesAreDrawnAnew() {
        Choice choice = choice(false, "a", "b", "c");
        RandomStream random = new RandomStream(13);
        long[] counts = new long[3];
        for (int i = 0; i < DRAWS; i++) {
            counts[choice.values().indexOf(choice.shift(Value.of("c"), 1.25, random))]++;
        }
        Statistics.assertUniform(counts);
    }

    @Test
    void whatIsOfAnotherTypeIsNotContained() {
        List<Value> values = List.of(Value.of(1), Value.of(1.0), Value.of("1"), Value.of(true));
        assertThat(values.stream().map(new Reals(0, 2, Scale.LINEAR)::contains))
                .containsExactly(false, true, false, false);
        assertThat(values.stream().map(new Ints(0, 2, Scale.LINEAR)::contains))
                .containsExactly(true, false, false, false);
        assertThat(values.stream().map(Choice.flag()::contains)).containsExactly(false, false, false, true);
    }

    @Test
    void domainsAreSpelledAsInAStudyFile() {
        assertThat(new Reals(1e-3, 1, Scale.LOG).plain()).hasToString("{float=[0.001, 1.0], scale=log}");
        assertThat(new Ints(-2, 7, Scale.LINEAR).plain())
                .hasToString("{int=[-2, 7], scale=linear}")
                .containsEntry("int", List.of(-2L, 7L));
        assertThat(new Choice(List.of(Value.of(1), Value.of(true), Value.of("a")), true).plain())
                .hasToString("{choice=[1, true, a], ordered=true}")
                .containsEntry("choice", List.of(1L, true, "a"));
    }
}
