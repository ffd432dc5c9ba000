package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.runtime.StudyListener;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.testkit.memory.InMemorySnapshotStore;
import org.evolvent.testkit.memory.ScriptedExecutor;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private static final int ENOUGH = 1_200;

    private final Study study = Study.named(
                    "snapshots",
                    new SearchSpace(List.of(new Parameter("rate", new Reals(0.001, 1, Scale.LOG), false))),
                    new Objective("height", Objective.Goal.MAXIMIZE),
                    Budget.ofSteps(200),
                    1)
            .population(6)
            .strategy(Catalogue.builtIn().strategy(Map.of("compare", "equal_progress", "explore", "pairwise")))
            .mode(Mode.SYNCHRONOUS)
            .build();

    private final InMemoryEventStore log = new InMemoryEventStore();
    private final AtomicLong skipped = new AtomicLong(-1);

    /** Notes how much of the log is not read. */
    private final EventStore events = new ForwardingEventStore(log) {
        @Override
        public void read(long first, Consumer<? super Event> reader) {
            skipped.set(first);
            super.read(first, reader);
        }
    };

    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();

    private Optional<String> chain(long first) {
        List<Event> all = log.events();
        return first > all.size()
                ? Optional.empty()
                : Optional.of(Integer.toHexString(all.subList(0, (int) first).hashCode()));
    }

    /** Runs on, to the end or until the log has some events. */
    private StudyState run(SnapshotStore snapshots, long until) {
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        AtomicLong looks = new AtomicLong();
        InstantSource clock = () -> Instant.EPOCH.plusMillis(looks.getAndIncrement());
        StudyListener stopper = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> committed) {
                if (log.size() >= until) {
                    stop.get().run();
                }
            }
        };
        try (ScriptedExecutor executor = new ScriptedExecutor(
                2,
                checkpoints,
                (attempt, parent, save) ->
                        Map.of("height", attempt.hyperparameters().real("rate") * attempt.stepTo()),
                clock)) {
            StudyDriver driver = StudyDriver.of(study, events, checkpoints, executor)
                    .snapshots(snapshots)
                    .definition("snapshots")
                    .clock(clock)
                    .listener(stopper)
                    .driver();
            stop.set(driver::stop);
            return driver.run();
        }
    }

    private String undisturbed() {
        SnapshotsTest other = new SnapshotsTest();
        other.run(SnapshotStore.NONE, Long.MAX_VALUE);
        return StateDigest.of(other.log.events());
    }

    @Test
    void aStoppedStudyGoesOnFromItsLastSnapshot() {
        InMemorySnapshotStore snapshots = new InMemorySnapshotStore(this::chain);
        assertThat(run(snapshots, ENOUGH).end()).isEmpty();
        long kept = snapshots.read(study).orElseThrow().events();
        assertThat(kept).isEqualTo(log.size());
        assertThat(run(snapshots, Long.MAX_VALUE).end()).contains(Event.End.BUDGET);
        assertThat(skipped).hasValue(kept);
        assertThat(StateDigest.of(log.events())).isEqualTo(undisturbed());
        Snapshot end = snapshots.read(study).orElseThrow();
        assertThat(end.events()).isEqualTo(log.size());
        assertThat(end.facts().digest().value()).isEqualTo(undisturbed());
    }

    @Test
    void aSnapshotOfAnotherLogIsIgnored() {
        InMemorySnapshotStore strange = new InMemorySnapshotStore(first -> Optional.of("strange " + log.size()));
        run(strange, ENOUGH);
        // Whatever it was bound to has changed when it is read.
        log.append(List.of(new Event.StudyResumed(Instant.EPOCH)));
        run(strange, Long.MAX_VALUE);
        assertThat(skipped).hasValue(0);
        assertThat(StateDigest.of(log.events())).isEqualTo(undisturbed());
    }

    @Test
    void aFewEventsAreNotWorthASnapshot() {
        InMemorySnapshotStore snapshots = new InMemorySnapshotStore(this::chain);
        run(snapshots, 100);
        assertThat(snapshots.read(study)).isEmpty();
    }

    @Test
    void aSnapshotThatCannotBeWrittenStopsNobody() {
        SnapshotStore full = new SnapshotStore() {
            @Override
            public long write(Snapshot snapshot) {
                throw new EvolventException("full");
            }

            @Override
            public Optional<Snapshot> read(Study of) {
                return Optional.empty();
            }
        };
        assertThat(run(full, Long.MAX_VALUE).end()).contains(Event.End.BUDGET);
    }
}
