package org.evolvent.study.internal.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/**
 * Trains one fresh model along a schedule. The model begins with the seed that the first member of the schedule's lineage had, so that
 * a deterministic trainer gives the same model again; another seed tells whether the schedule is good or was lucky.
 */
public final class Replay {
    private Replay() {}

    /**
     * Trains.
     *
     * @param trainers the study's trainer
     * @param site where, with one slot
     * @param schedule what to train with
     * @param seed the study's seed, or another one
     * @param progress is told about every segment and the metrics at its end
     * @return the metrics at the end of the schedule
     * @throws EvolventException when the trainer fails
     */
    public static Map<String, Double> train(
            Trainers trainers,
            TrainerSettings site,
            List<Segment> schedule,
            long seed,
            BiConsumer<Segment, Map<String, Double>> progress) {
        MemberId first = schedule.get(0).member();
        long trainerSeed = new Randomness(seed).key(Purpose.TRAINER, first.index(), 0);
        CheckpointStore checkpoints = site.checkpoints();
        Optional<CheckpointRef> parent = Optional.empty();
        Map<String, Double> metrics = Map.of();
        try (Executor executor = trainers.open(site)) {
            for (int i = 0; i < schedule.size(); i++) {
                Segment segment = schedule.get(i);
                Attempt attempt = new Attempt(
                        first,
                        i,
                        0,
                        segment.fromStep(),
                        segment.toStep() - segment.fromStep(),
                        segment.hyperparameters(),
                        parent,
                        trainerSeed);
                ExecutorEvent end = OneAttempt.run(executor, attempt);
                if (!(end instanceof ExecutorEvent.Done done)) {
                    throw new EvolventException("The replay failed at step %s to %s: %s"
                            .formatted(segment.fromStep(), segment.toStep(), OneAttempt.reason(end)));
                }
                metrics = done.metrics();
                progress.accept(segment, metrics);
                parent.ifPresent(before -> {
                    checkpoints.release(before.id());
                    checkpoints.discard(List.of(before.id()));
                });
                parent = Optional.of(new CheckpointRef(
                        first, i, segment.toStep(), done.checkpoint().id()));
            }
        }
        return metrics;
    }
}
