package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Whole studies with Python trainers. */
@NeedsProgram("python3")
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
                .attempts(1000)
                .seed(5)
                .build();
    }

    private StudyState run(Study study, Launch launch, InMemoryEventStore events, StudyListener listener) {
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(
                        directory.resolve("checkpoints-" + launch.slots().size()));
                ProcessExecutor executor = new ProcessExecutor(launch, List.of(), checkpoints, CLOCK)) {
            return StudyDriver.of(study, events, checkpoints, executor)
                    .clock(CLOCK)
                    .listener(listener)
                    .run();
        }
    }

    @Test
    void aStudyWithPythonTrainersKeepsItsProcesses() {
        InMemoryEventStore events = new InMemoryEventStore();
        StudyState end = run(
                study(6, Mode.ASYNCHRONOUS), Python.launch("climber.py", directory, 2), events, new StudyListener() {});

        assertThat(end.end()).contains(Event.End.BUDGET);
        // Who copies somebody that is ahead spares the steps between.
        assertThat(end.tally().intervals()).isBetween(8 * 6 / 2L, 8 * 6L);
        assertThat(end.tally().failedAttempts()).isZero();
        for (Event event : events.events()) {
            if (event instanceof Event.IntervalFinished finished) {
                assertThat(finished.samples()).hasSize(2);
            }
        }
    }

    @Tag("slow")
    @Test
    void aTrainerThatIsKilledFortyTimesCostsNothingButTime() {
        Study study = study(16, Mode.SYNCHRONOUS);
        InMemoryEventStore before = new InMemoryEventStore();
        run(study, Python.launch("climber.py", directory, 1), before, new StudyListener() {});
        InMemoryEventStore events = new InMemoryEventStore();
        int[] kills = {0};
        StudyState disturbed = run(study, Python.launch("climber.py", directory, 2), events, new StudyListener() {
            @Override
            public void reported(ExecutorEvent event) {
                if (event instanceof ExecutorEvent.Beat && kills[0] < 40) {
                    kills[0]++;
                    trainers().forEach(ProcessHandle::destroyForcibly);
                }
            }
        });
        assertThat(kills[0]).isEqualTo(40);
        assertThat(disturbed.tally().failedAttempts()).isPositive();
        assertThat(disturbed.tally().failedIntervals()).isZero();
        assertThat(events.events())
                .filteredOn(Event.IntervalFinished.class::isInstance)
                .hasSize(8 * 16);
        assertThat(StateDigest.of(events.events())).isEqualTo(StateDigest.of(before.events()));
    }

    private static Stream<ProcessHandle> trainers() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").contains("python"));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "with spaces",
                "'single' \"double\" \\ {braces}",
                "; touch hacked $(touch hacked) `touch hacked`",
                "two\nlines\ttabs\0nul",
                "ünïcode 漢字 \uD83D\uDE00",
                "{\"evolvent\":1,\"type\":\"stop\",\"id\":9}",
            })
    void valuesArriveAsTheyAre(String text) throws Exception {
        Hyperparameters given = Hyperparameters.of(Map.of("text", new Value.Text(text)));
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor =
                        new ProcessExecutor(Python.launch("echo.py", directory, 1), List.of(), checkpoints, CLOCK)) {
            ExecutorEvent.Done done = (ExecutorEvent.Done) Attempts.run(executor, Attempts.first(0, 0, given));
            Path saved = checkpoints.files(done.checkpoint().id()).resolve("given");
            assertThat(JsonMapper.shared()
                            .readTree(Files.readString(saved))
                            .path("text")
                            .stringValue())
                    .isEqualTo(text);
            assertThat(directory.resolve("hacked")).doesNotExist();
        }
    }

    @Test
    void aProcessThatHoldsTheWeightsIsNotToldToRestoreThem() throws Exception {
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                ProcessExecutor executor =
                        new ProcessExecutor(Python.launch("climber.py", directory, 2), List.of(), checkpoints, CLOCK)) {
            ExecutorEvent.Done first = (ExecutorEvent.Done) Attempts.run(executor, Attempts.first(0, 0));
            // Without its files the checkpoint cannot be restored any more.
            checkpoints.abandon(checkpoints.files(first.checkpoint().id()));
            for (double rate : List.of(0.5, 0.25)) {
                ExecutorEvent.Done next = (ExecutorEvent.Done)
                        Attempts.run(executor, Attempts.after(first, 1, Attempts.learningRate(rate)));
                assertThat(next.execution().slot()).isEqualTo(first.execution().slot());
                checkpoints.abandon(checkpoints.files(next.checkpoint().id()));
                first = next;
            }
            assertThat(first.metrics()).containsEntry("score", 12.5);
        }
    }
}
