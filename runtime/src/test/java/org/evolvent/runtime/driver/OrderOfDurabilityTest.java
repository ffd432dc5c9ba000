package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;
import org.evolvent.testkit.internal.contract.SampleStudy;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.testkit.memory.ScriptedExecutor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checkpoint is there before the log names it, and the log says what is to be run before it is started. */
class OrderOfDurabilityTest {
    private final InMemoryEventStore log = new InMemoryEventStore();
    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
    private int started;
    private int named;

    @ParameterizedTest
    @EnumSource
    void checkpointThenLogThenStart(Mode mode) {
        Study sample = SampleStudy.study();
        Study study = Study.named("order", sample.space(), sample.objective(), sample.budget(), sample.intervalSteps())
                .population(sample.population())
                .mode(mode)
                .build();
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        ScriptedExecutor scripted = new ScriptedExecutor(2, checkpoints, OrderOfDurabilityTest::train, clock);
        try (Executor executor = new WatchedExecutor(scripted, attempt -> {
            started++;
            StudyState committed = StudyState.initial(study).after(log.events());
            assertThat(committed.isCurrent(attempt))
                    .as("%s is in the log", attempt)
                    .isTrue();
            assertThat(committed.attempt(attempt.member())).isEqualTo(attempt);
            assertThat(attempt.parent().map(CheckpointRef::id).stream()).allMatch(checkpoints::isIntact);
        })) {
            EventStore events = new WatchedEventStore(log, event -> {
                if (event instanceof Event.IntervalFinished finished) {
                    named++;
                    assertThat(checkpoints.isIntact(finished.checkpoint())).isTrue();
                }
            });
            StudyDriver.of(study, events, checkpoints, executor).clock(clock).run();
        }
        // In asynchronous mode copies of members that are ahead spare some.
        int intervals = study.population() * (int) (study.budget().steps() / study.intervalSteps());
        assertThat(started).isBetween(intervals / 2, intervals);
        assertThat(named).isEqualTo(started);
    }

    private static Map<String, Double> train(Attempt attempt, Optional<Path> parent, Path save) throws IOException {
        double height = attempt.hyperparameters().real("rate") + attempt.interval();
        Files.writeString(save.resolve("weights"), attempt.member() + " " + height);
        return Map.of("height", height);
    }

    /** Looks at every event that is about to be appended. */
    private static final class WatchedEventStore extends ForwardingEventStore {
        private final Consumer<Event> watcher;

        WatchedEventStore(EventStore store, Consumer<Event> watcher) {
            super(store);
            this.watcher = watcher;
        }

        @Override
        public void append(List<? extends Event> events) {
            events.forEach(watcher);
            super.append(events);
        }
    }

    /** Looks at every attempt that is about to be started. */
    private record WatchedExecutor(Executor executor, Consumer<Attempt> watcher) implements Executor {
        @Override
        public int slots() {
            return executor.slots();
        }

        @Override
        public void start(Attempt attempt) {
            watcher.accept(attempt);
            executor.start(attempt);
        }

        @Override
        public void cancel(Attempt attempt) {
            executor.cancel(attempt);
        }

        @Override
        public List<ExecutorEvent> await(Duration atMost) {
            return executor.await(atMost);
        }

        @Override
        public void wakeUp() {
            executor.wakeUp();
        }

        @Override
        public void close() {
            executor.close();
        }
    }
}
