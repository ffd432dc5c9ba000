package org.evolvent.core.random;

/**
 * The source of every random number of a study: streams keyed by what they are for, instead of one generator with a state.
 *
 * <p>A decision therefore depends on the study's seed, the member, the interval and the purpose only. It does not depend on what was
 * drawn before, on the order in which members arrive, or on a crash in between. Immutable.
 *
 * @param seed the study's seed; studies with equal seeds draw equal numbers
 */
public record Randomness(long seed) {
    /** What a stream is for. The names are part of the contract: renaming one changes every study that is replayed. */
    public enum Purpose {
        /** The member's first hyperparameters. */
        INITIAL,
        /** The seed handed to the member's trainer. */
        TRAINER,
        /** What the strategy decides at a ready point. */
        DECISION,
        /** The random stream of a trainer that goes on with weights of another member. */
        RESEED,
        /** What an amendment of the study draws for a member. */
        AMENDMENT
    }

    /**
     * Returns a fresh stream for one purpose of one member in one interval.
     *
     * @param purpose what the numbers are for
     * @param member the member's index, from 0
     * @param interval the interval's number, from 0
     */
    public RandomStream stream(Purpose purpose, int member, int interval) {
        return new RandomStream(key(purpose, member, interval));
    }

    /** Returns the 64-bit key of {@link #stream}, for programs that want a seed and not a stream. */
    public long key(Purpose purpose, int member, int interval) {
        long key = mix(seed);
        for (int i = 0; i < purpose.name().length(); i++) {
            key = mix(key ^ purpose.name().charAt(i));
        }
        return mix(mix(key ^ member) ^ (interval | 1L << 40));
    }

    /** Mixes 64 bits so that every input bit changes about half of the output bits (the finalizer of SplitMix64, Stafford's variant 13). */
    public static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
