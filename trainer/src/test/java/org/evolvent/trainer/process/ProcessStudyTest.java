package org.evolvent.trainer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.runtime.memory.InMemoryEventStore;
import org.evolvent.trainer.local.Launch;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies with Python trainers. */
class ProcessStudyTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path directory;

    private static Study study(int intervals, Mode mode) {
        SearchSpace space =
                new SearchSpace(List.of(new Parameter("learning_rate", new Reals(0.001, 1, Scale.LOG), false)));
        return Study.named(
                        "climb",
                        space,
                        new Objective("score", Objective.Goal.MAXIMIZE),
                        Budget.ofSteps(10L * intervals),
                        10)
                .population(8)
                .mode(mode)
                .attempts(20)
                .seed(5)
                .build();
    }

    private StudyState run(Study study, Launch launch, InMemoryEventStore events, StudyListener listener) {
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(
                        directory.resolve("checkpoints-" + launch.slots().size()));
                ProcessExecutor executor = new ProcessExecutor(launch, List.of(), checkpoints, CLOCK)) {
            return new StudyDriver(study, "climb", events, checkpoints, executor, CLOCK, listener).run();
        }
    }

    @Test
    void aStudyWithPythonTrainersKeepsItsProcesses() {
        InMemoryEventStore events = new InMemoryEventStore();
        StudyState end = run(
                study(6, Mode.ASYNCHRONOUS), Python.launch("climber.py", directory, 2), events, new StudyListener() {});

        assertThat(end.end()).contains(Event.End.BUDGET);
        assertThat(end.tally().intervals()).isEqualTo(8 * 6);
        assertThat(end.tally().failedAttempts()).isZero();
        assertThat(end.tally().exploits()).isPositive();
        for (Event event : events.events()) {
            if (event instanceof Event.IntervalFinished finished) {
                assertThat(finished.samples()).hasSize(2);
            }
        }
    }
}
