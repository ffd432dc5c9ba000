package org.evolvent.core.population;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;

/**
 * What a member published at the end of an interval; what others compare themselves with, and copy.
 *
 * @param member who
 * @param interval the interval that ended, from 0
 * @param step the training steps behind these weights along their lineage
 * @param score the objective's value
 * @param fitness the score with more always better; negative infinity for an invalid score
 * @param samples the evaluation samples behind the score (the last episode returns, say), in the units of the metric; may be empty
 * @param hyperparameters those of the interval that ended
 * @param checkpoint the weights; empty when the interval failed before any weights were saved
 */
public record ReadyPoint(
        MemberId member,
        int interval,
        long step,
        Score score,
        double fitness,
        List<Double> samples,
        Hyperparameters hyperparameters,
        Optional<CheckpointRef> checkpoint) {
    public ReadyPoint {
        samples = List.copyOf(samples);
    }

    /** Returns whether others may copy it: it has a valid score and weights. */
    public boolean isDonor() {
        return score.isValid() && checkpoint.isPresent();
    }
}
