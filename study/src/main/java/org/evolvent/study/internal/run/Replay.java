package org.evolvent.study.internal.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/**
 * Trains one fresh model along a schedule. Each interval is trained as the member that trained it did, by the seed that this one had, so
 * that a deterministic trainer gives the same model again; another seed tells whether the schedule is good or was lucky.
 */
public final class Replay {
    /**
     * What came out.
     *
     * @param metrics at the end of the schedule
     * @param checkpoint the model, in the checkpoint store of the site; pinned there until it is released
     */
    public record Outcome(Map<String, Double> metrics, CheckpointId checkpoint) {}

    private Replay() {}

    /**
     * Trains.
     *
     * @param trainers the study's trainer
     * @param site where, with one slot
     * @param schedule what to train with, at least one segment
     * @param study what was run; under another seed, what might have been
     * @param progress is told about every segment and the metrics at its end
     * @throws EvolventException when the trainer fails
     */
    public static Outcome train(
            Trainers trainers,
            TrainerSettings site,
            List<Segment> schedule,
            Study study,
            BiConsumer<Segment, Map<String, Double>> progress) {
        Randomness randomness = new Randomness(study.seed());
        CheckpointStore checkpoints = site.checkpoints();
        Optional<CheckpointRef> parent = Optional.empty();
        Map<String, Double> metrics = Map.of();
        long step = 0;
        try (Executor executor = trainers.open(site)) {
            for (Segment segment : schedule) {
                Attempt attempt = new Attempt(
                        segment.member(),
                        segment.interval(),
                        0,
                        step,
                        // Under another seed a trainer that moves in larger steps may be ahead.
                        StrictMath.max(1, segment.toStep() - step),
                        segment.hyperparameters(),
                        parent,
                        randomness.key(Purpose.TRAINER, segment.member().index(), 0),
                        study.reseed(segment.member(), segment.interval(), parent),
                        Optional.empty());
                ExecutorEvent end = OneAttempt.run(executor, attempt);
                if (!(end instanceof ExecutorEvent.Done done)) {
                    throw new EvolventException("The replay failed at step %s to %s: %s"
                            .formatted(segment.fromStep(), segment.toStep(), OneAttempt.reason(end)));
                }
                metrics = done.metrics();
                step += done.steps();
                progress.accept(segment, metrics);
                parent.ifPresent(before -> {
                    checkpoints.release(before.id());
                    checkpoints.discard(List.of(before.id()));
                });
                parent = Optional.of(new CheckpointRef(
                        segment.member(),
                        segment.interval(),
                        step,
                        done.checkpoint().id()));
            }
        }
        return new Outcome(metrics, parent.orElseThrow().id());
    }
}
