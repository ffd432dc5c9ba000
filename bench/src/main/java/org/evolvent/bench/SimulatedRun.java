package org.evolvent.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.evolvent.compare.internal.TaskStudy;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.runtime.internal.simulated.SimulatedCheckpointStore;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.runtime.internal.simulated.SimulatedExecutor;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.Tasks;

/** Writes the run of a study in simulated time, to look at: a log as large as wanted, of which nothing can be resumed. */
public final class SimulatedRun {
    private static final double FAILURES = 0.01;
    private static final int STEPS_A_MINUTE = 60;

    private SimulatedRun() {}

    /**
     * Runs.
     *
     * @param arguments the new run directory, the name of a task, the number of slots, and settings of the study, such as
     *     {@code population=1000}; a step takes a second, and an attempt in a hundred fails
     */
    public static void main(String[] arguments) {
        SyntheticTask task = Tasks.named(arguments[1]);
        int slots = Integer.parseInt(arguments[2]);
        List<Setting> settings = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            settings.add(Setting.parse(arguments[i]));
        }
        StudyFile file = TaskStudy.of(task, settings);
        Study study = TaskStudy.onTask(file.study(), task);
        SimulatedCheckpointStore checkpoints = new SimulatedCheckpointStore();
        SimulatedCosts costs = new SimulatedCosts(
                Duration.ofMinutes(1).dividedBy(STEPS_A_MINUTE),
                Duration.ZERO,
                Duration.ZERO,
                Collections.nCopies(slots, 1.0),
                List.of(1.0, 0.9, 1.1),
                FAILURES,
                0);
        try (RunDirectory run = RunDirectory.create(Path.of(arguments[0]), file.yaml());
                SimulatedExecutor executor = new SimulatedExecutor(
                        task.stretchedTo(study.budget().steps()), checkpoints, costs, study.seed())) {
            StudyState end = StudyDriver.of(study, run.events(), checkpoints, executor)
                    .definition(file.definition())
                    .clock(executor)
                    .run();
            System.out.printf(
                    "%s: %s members, %s intervals, %s copies, %s events%n",
                    run.path(),
                    end.population().size(),
                    end.tally().intervals(),
                    end.tally().exploits(),
                    run.events().size());
        }
    }
}
