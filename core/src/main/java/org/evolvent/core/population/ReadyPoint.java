package org.evolvent.core.population;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;

/**
 * What a member published at the end of an interval; what others compare themselves with, and copy.
 *
 * @param member who
 * @param interval the interval that ended, from 0; {@link CheckpointRef#ELSEWHERE} for what was measured before the study began
 * @param step the training steps behind these weights along their lineage
 * @param score the objective's value; where the interval reported none, the last that there was
 * @param fitness the score with more always better; negative infinity for one that is not valid
 * @param samples the evaluation samples behind the score (the last episode returns, say), turned like the fitness so that more is
 *     always better; may be empty or hold values that are not finite
 * @param metrics everything that the trainer reported; values may be NaN or infinite
 * @param hyperparameters those of the interval that ended
 * @param checkpoint the weights; empty when the interval failed before any weights were saved
 * @param absences how many intervals in a row, up to this one, have reported no score; 0 where score, samples and metrics are those of
 *     this interval
 */
public record ReadyPoint(
        MemberId member,
        int interval,
        long step,
        Score score,
        double fitness,
        List<Double> samples,
        Map<String, Double> metrics,
        Hyperparameters hyperparameters,
        Optional<CheckpointRef> checkpoint,
        int absences) {
    public ReadyPoint {
        samples = List.copyOf(samples);
        metrics = Collections.unmodifiableMap(metrics);
    }

    /** Creates one of an interval that reported its score. */
    public ReadyPoint(
            MemberId member,
            int interval,
            long step,
            Score score,
            double fitness,
            List<Double> samples,
            Map<String, Double> metrics,
            Hyperparameters hyperparameters,
            Optional<CheckpointRef> checkpoint) {
        this(member, interval, step, score, fitness, samples, metrics, hyperparameters, checkpoint, 0);
    }

    /** Creates one of a trainer that reports its score and nothing else. */
    public ReadyPoint(
            MemberId member,
            int interval,
            long step,
            Score score,
            double fitness,
            List<Double> samples,
            Hyperparameters hyperparameters,
            Optional<CheckpointRef> checkpoint) {
        this(member, interval, step, score, fitness, samples, Map.of(), hyperparameters, checkpoint);
    }

    /** Returns these weights with a result of an earlier time, for comparing at equal progress. */
    public ReadyPoint scoredAs(long earlierStep, Score earlierScore, double earlierFitness) {
        return new ReadyPoint(
                member,
                interval,
                earlierStep,
                earlierScore,
                earlierFitness,
                samples,
                metrics,
                hyperparameters,
                checkpoint,
                absences);
    }

    /**
     * Returns this result of an interval that reported no score with the last one that there was: these weights count as what they were
     * known to be. Without a valid one before, nothing is known of them; after too many absences in a row the score is invalid.
     *
     * @param before what was published of the weights before; empty when nothing was
     * @param most how many absences in a row are borne, from 0
     */
    public ReadyPoint scoredAs(Optional<ReadyPoint> before, int most) {
        int inRow = before.map(ReadyPoint::absences).orElse(0) + 1;
        String reason = score instanceof Score.Absent absent ? absent.reason() : "";
        ReadyPoint known = before.filter(point -> point.score().isValid()).orElse(this);
        boolean isKnown = inRow <= most;
        return new ReadyPoint(
                member,
                interval,
                step,
                isKnown ? known.score : new Score.Invalid("%s, %s times in a row".formatted(reason, inRow)),
                isKnown ? known.fitness : Double.NEGATIVE_INFINITY,
                isKnown ? known.samples : samples,
                isKnown ? known.metrics : metrics,
                hyperparameters,
                checkpoint,
                inRow);
    }

    /** Returns this result as another member's that has copied the weights, and ranks as their author did until it reports itself. */
    public ReadyPoint heldBy(MemberId holder) {
        return new ReadyPoint(
                holder, interval, step, score, fitness, samples, metrics, hyperparameters, checkpoint, absences);
    }

    /** Returns this result as one of other hyperparameters, in a study whose space was changed since. */
    public ReadyPoint with(Hyperparameters changed) {
        return new ReadyPoint(member, interval, step, score, fitness, samples, metrics, changed, checkpoint, absences);
    }

    /** Returns this result without its weights, which were lost: whatever the score was, nobody may copy it. */
    public ReadyPoint lost(Score.Invalid reason, Optional<CheckpointRef> left) {
        return new ReadyPoint(
                member,
                interval,
                left.map(CheckpointRef::step).orElse(0L),
                reason,
                Double.NEGATIVE_INFINITY,
                List.of(),
                metrics,
                hyperparameters,
                left);
    }

    /** Returns whether it may be the best of its study, which has to have trained it. */
    boolean isResult() {
        return isDonor() && interval != CheckpointRef.ELSEWHERE;
    }

    /** Returns whether others may copy it: it has a valid score and weights. */
    public boolean isDonor() {
        return score.isValid() && checkpoint.isPresent();
    }
}
