package org.evolvent.trainer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.internal.process.ProcessExecutor;
import org.evolvent.trainer.internal.thread.ThreadExecutor;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainers that are asked to finish end their training at the next step, and what they have trained is saved. */
class FinishTest {
    private static final long MANY = 1L << 40;

    @TempDir
    Path directory;

    private static Attempt endless() {
        Attempt first = Attempts.first(0, 0);
        return new Attempt(first.member(), 0, 0, 0, MANY, first.hyperparameters(), Optional.empty(), first.seed());
    }

    /** Returns what is left to do, but for three steps of it. */
    private static Attempt rest(ExecutorEvent.Suspended part) {
        Attempt was = part.attempt();
        CheckpointRef weights = new CheckpointRef(
                was.member(), 0, part.steps(), part.checkpoint().id());
        return new Attempt(
                was.member(), 0, 1, part.steps(), 3, was.hyperparameters(), Optional.of(weights), was.seed());
    }

    private static ExecutorEvent.Suspended finished(Executor executor) {
        Attempt attempt = endless();
        executor.start(attempt);
        Attempts.await(executor, event -> event instanceof ExecutorEvent.Beat);
        executor.finish(attempt);
        ExecutorEvent end = Attempts.awaitEnd(executor, attempt);
        assertThat(end).isInstanceOf(ExecutorEvent.Suspended.class);
        ExecutorEvent.Suspended part = (ExecutorEvent.Suspended) end;
        assertThat(part.steps()).isBetween(1L, MANY - 1);
        assertThat(part.metrics()).containsEntry("score", (double) part.steps());
        return part;
    }

    @NeedsProgram("python3")
    @ParameterizedTest
    @ValueSource(strings = {"loop", "class"})
    void aProgramGoesOnWhereItEnded(String style) {
        String script = Python.root().resolve("python/tests/steady.py").toString();
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"))) {
            ExecutorEvent.Suspended part;
            try (ProcessExecutor executor = new ProcessExecutor(
                    Python.launch(script, directory, 1, style),
                    List.of(),
                    Evaluations::none,
                    checkpoints,
                    InstantSource.system())) {
                part = finished(executor);
            }
            try (ProcessExecutor another = new ProcessExecutor(
                    Python.launch(script, directory, 1, style),
                    List.of(),
                    Evaluations::none,
                    checkpoints,
                    InstantSource.system())) {
                ExecutorEvent.Done done = (ExecutorEvent.Done) Attempts.run(another, rest(part));
                assertThat(done.steps()).isEqualTo(3);
                assertThat(done.metrics()).containsEntry("score", part.steps() + 3.0);
            }
        }
    }

    /** Trains until it is asked, or does not listen. */
    private record Steady(boolean listens, CountDownLatch begun, CountDownLatch asked) implements Trainer {
        @Override
        public Report train(long steps) throws InterruptedException {
            begun.countDown();
            asked.await();
            return Report.of("score", 5).withSteps(5);
        }

        @Override
        public boolean finish() {
            if (listens) {
                asked.countDown();
            }
            return listens;
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {}

        @Override
        public void save(Path to) throws java.io.IOException {
            Files.writeString(to.resolve("weights"), "5");
        }

        @Override
        public void restore(Path from) {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTrainerInTheJvmIsSuspendedOrCancelled(boolean listens) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
        try (ThreadExecutor executor = new ThreadExecutor(
                (values, seed) -> new Steady(listens, begun, asked), checkpoints, 1, 1, InstantSource.system())) {
            executor.start(endless());
            begun.await();
            executor.finish(endless());
            ExecutorEvent end = Attempts.awaitEnd(executor, endless());
            assertThat(end).isInstanceOf(listens ? ExecutorEvent.Suspended.class : ExecutorEvent.Lost.class);
            assertThat(checkpoints.list()).hasSize(listens ? 1 : 0);
        }
    }

    @Test
    void whatWaitsForASlotIsDropped() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (ThreadExecutor executor = new ThreadExecutor(
                (values, seed) -> new Steady(true, begun, asked),
                new InMemoryCheckpointStore(),
                1,
                1,
                InstantSource.system())) {
            executor.start(endless());
            begun.await();
            Attempt waits = Attempts.first(1, 0);
            executor.start(waits);
            executor.finish(waits);
            executor.finish(endless());
            assertThat(Attempts.awaitEnd(executor, waits)).isInstanceOf(ExecutorEvent.Lost.class);
        }
    }
}
