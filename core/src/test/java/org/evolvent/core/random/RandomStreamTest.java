package org.evolvent.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.testkit.operator.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
    private static final int DRAWS = 100_000;

    @Test
    void uniformIsUniform() {
        RandomStream random = new RandomStream(1);
        Statistics.assertDistributed(draws(random::uniform), x -> x);
        double[] between = draws(() -> random.uniform(-3, 5));
        assertThat(DoubleStream.of(between)).allMatch(x -> x >= -3 && x < 5);
        Statistics.assertDistributed(between, x -> (x + 3) / 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 64, 1000})
    void belowIsUniform(int bound) {
        RandomStream random = new RandomStream(2);
        long[] counts = new long[bound];
        long[] indices = new long[bound];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) random.below(bound)]++;
            indices[random.index(bound)]++;
        }
        Statistics.assertUniform(counts);
        Statistics.assertUniform(indices);
    }

    /** Without rejection the lower half of this range would come twice as often. */
    @Test
    void belowIsUniformForHugeBounds() {
        long bound = 3L << 61;
        RandomStream random = new RandomStream(3);
        long[] thirds = new long[3];
        for (int i = 0; i < DRAWS; i++) {
            long drawn = random.below(bound);
            assertThat(drawn).isBetween(0L, bound - 1);
            thirds[(int) (drawn >>> 61)]++;
        }
        Statistics.assertUniform(thirds);
        assertThat(random.below(1)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> random.below(0)).withMessageContaining("bound is 0");
    }

    @Test
    void gaussianIsNormal() {
        RandomStream random = new RandomStream(4);
        Statistics.assertDistributed(draws(random::gaussian), RandomStreamTest::normal);
    }

    @Test
    void chanceHasItsProbability() {
        RandomStream random = new RandomStream(5);
        long[] counts = new long[2];
        for (int i = 0; i < DRAWS; i++) {
            counts[random.chance(0.25) ? 1 : 0]++;
            assertThat(random.chance(0)).isFalse();
            assertThat(random.chance(1)).isTrue();
        }
        Statistics.assertProbabilities(counts, 0.75, 0.25);
    }

    @Test
    void everyKeyHasItsOwnStream() {
        Set<Long> keys = new HashSet<>();
        int count = 0;
        for (long seed : new long[] {0, 1, -1}) {
            for (Purpose purpose : Purpose.values()) {
                for (int member = 0; member < 50; member++) {
                    for (int interval = 0; interval < 50; interval++, count++) {
                        keys.add(new Randomness(seed).key(purpose, member, interval));
                    }
                }
            }
        }
        assertThat(keys).hasSize(count);
    }

    /** Streams of neighbouring members, intervals and purposes: their first numbers in pairs fill the unit square evenly. */
    @Test
    void neighbouringStreamsAreIndependent() {
        long[] byMember = new long[64];
        long[] byInterval = new long[64];
        long[] byPurpose = new long[64];
        for (int i = 0; i < DRAWS / 2; i++) {
            Randomness randomness = new Randomness(6);
            byMember[cell(first(randomness, Purpose.DECISION, i, 3), first(randomness, Purpose.DECISION, i + 1, 3))]++;
            byInterval[
                    cell(first(randomness, Purpose.DECISION, 3, i), first(randomness, Purpose.DECISION, 3, i + 1))]++;
            byPurpose[cell(first(randomness, Purpose.INITIAL, i, 0), first(randomness, Purpose.DECISION, i, 0))]++;
        }
        Statistics.assertUniform(byMember);
        Statistics.assertUniform(byInterval);
        Statistics.assertUniform(byPurpose);
    }

    /** Every JDK and every release must draw these numbers, or studies could not be replayed. */
    @Test
    void theFirstNumbersNeverChange() {
        Randomness randomness = new Randomness(17);
        RandomStream random = randomness.stream(Purpose.DECISION, 3, 5);
        assertThat(Randomness.mix(1)).isEqualTo(0x910a2dec89025cc1L);
        assertThat(randomness.key(Purpose.TRAINER, 3, 0)).isEqualTo(-4816992589635897718L);
        assertThat(random.nextLong()).isEqualTo(-6657651272971740275L);
        assertThat(random.uniform()).isEqualTo(0.7744999469709267);
        assertThat(random.below(1000)).isEqualTo(478);
        assertThat(random.gaussian()).isEqualTo(0.2315579207351729);
    }

    private static double first(Randomness randomness, Purpose purpose, int member, int interval) {
        return randomness.stream(purpose, member, interval).uniform();
    }

    private static int cell(double x, double y) {
        return 8 * (int) (x * 8) + (int) (y * 8);
    }

    private static double[] draws(DoubleSupplier source) {
        return DoubleStream.generate(source).limit(DRAWS).toArray();
    }

    /** The standard normal distribution by the series of its density (Marsaglia 2004). */
    private static double normal(double x) {
        double sum = x;
        double term = x;
        for (int i = 3; Math.abs(term) > 1e-17 && i < 400; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
