package org.evolvent.study.internal.run;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor;
import org.evolvent.study.internal.run.TrainerCheck.Grade;

/** Tries whether a trainer goes on from the models that first members are to begin with. */
final class InitialCheck {
    private final TrainerCheck check;
    private final Study study;
    private final CheckpointStore store;

    /**
     * Prepares.
     *
     * @param store takes a copy of each
     */
    InitialCheck(TrainerCheck check, Study study, CheckpointStore store) {
        this.check = check;
        this.study = study;
        this.store = store;
    }

    /**
     * Tells of each model.
     *
     * @param weights the directories that members begin from, by index
     */
    void tell(Executor executor, Map<Integer, Path> weights) {
        Set<Path> tried = new HashSet<>();
        weights.forEach((index, path) -> {
            if (tried.add(path)) {
                tell(executor, index, path);
            }
        });
    }

    private void tell(Executor executor, int index, Path path) {
        try {
            Event.Founder founder = SavedElsewhere.population(study, Map.of(index, path), store)
                    .founders()
                    .get(0);
            check.train(
                    executor,
                    check.attempts()
                            .founded(
                                    founder.reference(),
                                    StudyState.firstPopulation(study)
                                            .hyperparameters()
                                            .get(index),
                                    check.steps()),
                    "It trains on from %s, with which member %s is to begin".formatted(path, index),
                    "from %s, with which member %s is to begin, and".formatted(path, index));
            store.release(founder.weights());
        } catch (EvolventException e) {
            check.add(Grade.WRONG, String.valueOf(e.getMessage()));
        }
    }
}
