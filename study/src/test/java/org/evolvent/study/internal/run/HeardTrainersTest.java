package org.evolvent.study.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.internal.ForwardingExecutor;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.ScriptedExecutor;
import org.evolvent.trainer.internal.Evaluations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeardTrainersTest {
    private static final Attempt ATTEMPT =
            new Attempt(new MemberId(0), 0, 0, 0, 10, Hyperparameters.of(Map.of()), Optional.empty(), 1);

    @TempDir
    Path logs;

    private Instant now = Instant.EPOCH;
    private Instant heard = now;
    private List<ExecutorEvent> events = List.of();

    /** Says nothing but what a test tells it to. */
    private final Trainers mute = new Trainers() {
        @Override
        public Executor open(TrainerSettings site) {
            return new ForwardingExecutor(new ScriptedExecutor(
                    1, new InMemoryCheckpointStore(), (attempt, parent, save) -> Map.of(), () -> now)) {
                @Override
                public List<ExecutorEvent> await(Duration atMost) {
                    return events;
                }

                @Override
                public List<Activity> activities() {
                    return List.of(new Activity(0, ATTEMPT, Phase.RESTORES, Instant.EPOCH, heard));
                }
            };
        }

        @Override
        public boolean holdWeights() {
            return true;
        }

        @Override
        public void close() {}
    };

    @Test
    void silenceIsToldAfterTenSecondsAndThenEveryMinute() {
        List<String> told = new ArrayList<>();
        TrainerSettings site =
                new TrainerSettings(new InMemoryCheckpointStore(), 1, 1, Evaluations::none, logs, () -> now);
        try (Executor executor = new HeardTrainers(mute, () -> now, told::add).open(site)) {
            for (int second = 0; second <= 130; second++) {
                now = Instant.EPOCH.plusSeconds(second);
                assertThat(executor.await(Duration.ofSeconds(1))).isEmpty();
            }
            assertThat(told).containsExactly("restores, silent 0:10", "restores, silent 1:10", "restores, silent 2:10");
            events = List.of(new ExecutorEvent.Started(ATTEMPT, 0, now));
            assertThat(executor.await(Duration.ofSeconds(1))).hasSize(1);
            events = List.of();
            heard = now.minusSeconds(9);
            executor.await(Duration.ofSeconds(1));
            assertThat(told).hasSize(3);
            heard = now.minusSeconds(11);
            executor.await(Duration.ofSeconds(1));
            assertThat(told).hasSize(4);
        }
    }
}
