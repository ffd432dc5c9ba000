package org.evolvent.trainer.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.internal.Allowance;
import org.evolvent.trainer.internal.Evaluations;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer in this JVM is told around a copy, and what it may say of its steps. */
class CopiesInTheJvmTest {
    @TempDir
    Path directory;

    private final List<String> calls = new ArrayList<>();
    private PlainCheckpoints checkpoints;

    @BeforeEach
    void open() {
        checkpoints = new PlainCheckpoints(directory);
    }

    @AfterEach
    void close() {
        checkpoints.close();
    }

    private final class Noting implements Trainer {
        private int score;

        @Override
        public Report train(long steps) {
            calls.add("train " + steps);
            score++;
            return Report.of("score", score).withSteps(steps == 1 ? 0 : steps + 2);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            calls.add("apply");
        }

        @Override
        public void save(Path into) throws IOException {
            Files.writeString(into.resolve("score"), Integer.toString(score));
        }

        @Override
        public void restore(Path from) throws IOException {
            calls.add("restore");
            score = Integer.parseInt(Files.readString(from.resolve("score")));
        }

        @Override
        public Optional<Report> evaluate() {
            calls.add("evaluate");
            return Optional.of(Report.of("score", score));
        }

        @Override
        public void reseed(long seed) {
            calls.add("reseed " + seed);
        }
    }

    private ThreadExecutor executor(int evaluations) {
        return new ThreadExecutor(
                (values, seed) -> new Noting(),
                checkpoints,
                1,
                1,
                new Evaluations(evaluations, new Allowance(0)),
                InstantSource.system());
    }

    private static Attempt attempt(
            int member, Optional<ExecutorEvent.Done> parent, long steps, Optional<Duration> time) {
        Optional<CheckpointRef> weights = parent.map(done -> new CheckpointRef(
                new MemberId(0), 0, done.steps(), done.checkpoint().id()));
        return new Attempt(
                new MemberId(member),
                parent.isPresent() ? 1 : 0,
                0,
                weights.map(CheckpointRef::step).orElse(0L),
                steps,
                Attempts.learningRate(0.5),
                weights,
                17,
                weights.map(ref -> 4711),
                time);
    }

    @Test
    void aCopyIsEvaluatedRestoredAgainAndGetsARandomStream() {
        try (ThreadExecutor executor = executor(1)) {
            ExecutorEvent.Done first =
                    (ExecutorEvent.Done) Attempts.run(executor, attempt(0, Optional.empty(), 10, Optional.empty()));
            assertThat(first.steps()).isEqualTo(12);
            for (int member = 1; member <= 2; member++) {
                Attempts.run(executor, attempt(member, Optional.of(first), 10, Optional.empty()));
            }
        }
        assertThat(calls)
                .containsExactly(
                        "train 10",
                        "restore",
                        "evaluate",
                        "restore",
                        "reseed 4711",
                        "train 10",
                        "restore",
                        "reseed 4711",
                        "train 10");
    }

    @Test
    void fewerStepsThanAskedForAreAnError() {
        try (ThreadExecutor executor = executor(0)) {
            assertThat(Attempts.run(executor, attempt(0, Optional.empty(), 1, Optional.empty())))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Failed.class,
                            failed -> assertThat(failed.message())
                                    .contains("The trainer reports 0 steps of an interval that must have at least 1"));
        }
    }

    @Test
    void aTrainerThatKnowsNoTimeSaysSo() {
        try (ThreadExecutor executor = executor(0)) {
            assertThat(Attempts.run(executor, attempt(0, Optional.empty(), 9, Optional.of(Duration.ofSeconds(1)))))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Failed.class,
                            failed -> assertThat(failed.message()).contains("Maybe override train(long, Duration)"));
        }
    }
}
