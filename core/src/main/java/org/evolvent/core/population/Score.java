package org.evolvent.core.population;

/**
 * The objective's value at a ready point. A score that cannot be compared is a value of its own kind, so that NaN never reaches a
 * comparison.
 */
public sealed interface Score {
    /**
     * A score that can be compared.
     *
     * @param value finite, in the units of the user's metric
     */
    record Valid(double value) implements Score {
        public Valid {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A valid score is %s but must be finite".formatted(value));
            }
        }
    }

    /**
     * No score: the trainer reported no value of the metric, since no episode ended in the interval, say. Nothing is wrong with the weights;
     * what is known of them is the last score that there was.
     *
     * @param reason what happened, in words
     */
    record Absent(String reason) implements Score {}

    /**
     * No usable score: the metric is not finite, or the interval failed. It ranks below every valid score.
     *
     * @param reason what happened, in words
     */
    record Invalid(String reason) implements Score {}

    /** Returns whether the score can be compared. */
    default boolean isValid() {
        return this instanceof Valid;
    }
}
