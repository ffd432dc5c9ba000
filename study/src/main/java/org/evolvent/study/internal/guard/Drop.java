package org.evolvent.study.internal.guard;

import java.util.OptionalDouble;
import org.evolvent.core.population.MemberId;

/**
 * What weights scored when they were saved, and what was measured of them once they were restored.
 *
 * @param author whose weights they are
 * @param interval at whose end they were saved
 * @param saved the score then, with more always better
 * @param restored the score now, with more always better; not finite when it is no number any more
 * @param replaced the score of the model that the same program had trained before it restored these; empty when there was none, or it is not known
 */
record Drop(MemberId author, int interval, double saved, double restored, OptionalDouble replaced) {
    /** So many times nearer to the one than to the other: of three scores that differ by luck only, one in 18 is. */
    private static final double NEARER = 10;

    /**
     * A donor is copied because its score is good, and so perhaps lucky: of a hundred members the luckiest is 2.5 deviations above its
     * weights' true score, and to score 3.5 below that by bad luck has a chance of 1 in 4,000, for a single one.
     */
    private static final double DEVIATIONS = 6;

    /** Devices round differently from run to run. */
    private static final double ROUNDING = 1e-3;

    /**
     * Returns whether it is worse by more than luck explains.
     *
     * @param noise the standard deviation of a score; empty when it is not known
     */
    boolean isReal(OptionalDouble noise) {
        if (!Double.isFinite(restored)) {
            return true;
        }
        double drop = saved - restored;
        return noise.isPresent()
                && drop > DEVIATIONS * noise.getAsDouble()
                && drop > ROUNDING * Math.max(Math.abs(saved), Math.abs(restored));
    }

    /** Returns whether it looks as if nothing had been restored: the score is that of the model before, whatever the checkpoint's was. */
    boolean isNone() {
        return replaced.isPresent()
                && Double.isFinite(restored)
                && restored != saved
                && NEARER * Math.abs(restored - replaced.getAsDouble()) <= Math.abs(restored - saved);
    }

    /** Returns whether the other tells of the same weights. */
    boolean isOfSameWeights(Drop other) {
        return author.equals(other.author) && interval == other.interval;
    }
}
