package org.evolvent.core.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * One reproducible sequence of random numbers, made for one purpose and then thrown away.
 *
 * <p>Only {@link RandomGenerator#nextLong()} of {@code L64X128MixRandom} is used, which the JDK specifies bit by bit; every derived
 * distribution is computed here, so that the same stream gives the same numbers on every JDK. Not thread-safe.
 */
public final class RandomStream {
    private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private final long seed;

    /** Made when it is first asked: most streams are for decisions that draw nothing. */
    private @Nullable RandomGenerator bits;

    /**
     * Starts a stream.
     *
     * @param seed any 64 bits; equal seeds give equal streams
     */
    public RandomStream(long seed) {
        this.seed = seed;
    }

    /** Returns 64 random bits. */
    public long nextLong() {
        RandomGenerator generator = bits;
        if (generator == null) {
            generator = ALGORITHM.create(seed);
            bits = generator;
        }
        return generator.nextLong();
    }

    /** Returns a number drawn uniformly from [0, 1), a multiple of 2^-53. */
    public double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Returns a number drawn uniformly from [low, high). */
    public double uniform(double low, double high) {
        return low + uniform() * (high - low);
    }

    /**
     * Returns an integer drawn uniformly from 0 to {@code bound - 1}.
     *
     * @param bound the number of possible results, at least 1
     */
    public long below(long bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is %s but must be at least 1".formatted(bound));
        }
        // Rejection keeps it exactly uniform: the incomplete last block of the 63-bit range is drawn again.
        long draw = nextLong() >>> 1;
        long result = draw % bound;
        while (draw - result + (bound - 1) < 0) {
            draw = nextLong() >>> 1;
            result = draw % bound;
        }
        return result;
    }

    /** Returns an index drawn uniformly from 0 to {@code size - 1}. */
    public int index(int size) {
        return (int) below(size);
    }

    /** Returns true with the given probability in [0, 1]. */
    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Returns a standard normal deviate (Marsaglia's polar method; the second deviate of each pair is dropped to stay stateless). */
    public double gaussian() {
        while (true) {
            double x = uniform(-1, 1);
            double y = uniform(-1, 1);
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }
}
