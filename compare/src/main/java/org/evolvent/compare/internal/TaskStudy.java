package org.evolvent.compare.internal;

import java.nio.file.Path;
import java.util.List;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Study;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.tasks.internal.SyntheticTask;

/** Studies of synthetic tasks. */
public final class TaskStudy {
    private TaskStudy() {}

    /**
     * Returns a task's own protocol as a study file.
     *
     * @param settings replace its values, as they would those of a file
     * @throws org.evolvent.study.spec.StudyFileException when anything is wrong with the settings
     */
    public static StudyFile of(SyntheticTask task, List<Setting> settings) {
        StudySpec spec = StudySpec.named(
                        task.name(), task.space(), task.objective(), Budget.ofSteps(task.steps()), task.intervalSteps())
                .population(task.population())
                .build();
        return StudyFile.parse("--task " + task.name(), spec.toYaml(), Path.of("/"), settings)
                .startable();
    }

    /** Returns a study with a task's space, objective and first hyperparameters instead of its own. */
    public static Study onTask(Study study, SyntheticTask task) {
        return onTask(study, task, study.strategy(), study.population(), study.seed());
    }

    /** Returns the same of a strategy that is compared. */
    static Study onTask(Study study, SyntheticTask task, Strategy strategy, int members, long seed) {
        var first = task.initial().apply(seed);
        return new Study(
                study.name(),
                task.space(),
                task.objective(),
                members,
                study.budget(),
                study.intervalSteps(),
                study.burnInSteps(),
                strategy,
                study.mode(),
                study.rules(),
                study.attempts(),
                study.absences(),
                study.ancestors(),
                first.subList(0, Math.min(first.size(), members)),
                seed,
                study.intervalTime());
    }
}
