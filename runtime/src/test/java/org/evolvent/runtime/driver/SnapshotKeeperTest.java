package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.testkit.internal.contract.SampleStudy;
import org.junit.jupiter.api.Test;

class SnapshotKeeperTest {
    private static final int LEAST = (int) SnapshotKeeper.LEAST_EVENTS;

    private final StudyState state = StudyState.initial(SampleStudy.study());
    private final List<Snapshot> written = new ArrayList<>();
    private long bytes = 1;
    private final SnapshotStore store = new SnapshotStore() {
        @Override
        public long write(Snapshot snapshot) {
            written.add(snapshot);
            return bytes;
        }

        @Override
        public Optional<Snapshot> read(Study study) {
            return Optional.empty();
        }
    };

    private SnapshotKeeper keeper(long events, long known) {
        SnapshotKeeper keeper = new SnapshotKeeper(store, Runnable::run);
        keeper.begin(new Snapshot(events, state, Facts.NONE), known);
        return keeper;
    }

    private static List<Event> events(int count) {
        return Collections.nCopies(count, new Event.StudyResumed(Instant.EPOCH));
    }

    @Test
    void isWrittenWhenTheLogHasGrown() {
        SnapshotKeeper keeper = keeper(0, 0);
        keeper.follow(events(LEAST - 1));
        keeper.settle(() -> state);
        assertThat(written).isEmpty();
        keeper.follow(events(1));
        keeper.settle(() -> state);
        assertThat(written).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.events()).isEqualTo(LEAST);
            assertThat(snapshot.state()).isSameAs(state);
        });
        keeper.follow(events(LEAST - 1));
        keeper.settle(() -> state);
        assertThat(written).as("from the last one on").hasSize(1);
        keeper.follow(events(1));
        keeper.settle(() -> state);
        assertThat(written).hasSize(2);
    }

    @Test
    void whatWasRecoveredCounts() {
        SnapshotKeeper keeper = keeper(5_000 + LEAST - 100, 5_000);
        keeper.follow(events(99));
        keeper.settle(() -> state);
        assertThat(written).isEmpty();
        keeper.follow(events(1));
        keeper.settle(() -> state);
        assertThat(written.get(0).events()).isEqualTo(5_000L + LEAST);
    }

    @Test
    void aLargeOneIsWrittenLessOften() {
        bytes = 1_000_000;
        SnapshotKeeper keeper = keeper(0, 0);
        keeper.follow(events(LEAST));
        keeper.settle(() -> state);
        keeper.follow(events(9_999));
        keeper.settle(() -> state);
        assertThat(written).hasSize(1);
        keeper.follow(events(1));
        keeper.settle(() -> state);
        assertThat(written).hasSize(2);
    }

    @Test
    void oneIsWrittenAtATime() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        SnapshotKeeper keeper = new SnapshotKeeper(store, tasks::add);
        keeper.begin(Snapshot.initial(SampleStudy.study()), 0);
        for (int i = 0; i < 3; i++) {
            keeper.follow(events(LEAST));
            keeper.settle(() -> state);
        }
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(written.get(0).events()).isEqualTo(LEAST);
        keeper.settle(() -> state);
        tasks.remove().run();
        assertThat(written.get(1).events()).isEqualTo(3L * LEAST);
    }

    @Test
    void theLastOneIsWrittenUnlessTheLogIsShort() {
        SnapshotKeeper keeper = keeper(0, 0);
        keeper.follow(events(LEAST - 1));
        keeper.flush(state);
        assertThat(written).isEmpty();
        keeper.follow(events(1));
        keeper.flush(state);
        keeper.flush(state);
        assertThat(written).singleElement().extracting(Snapshot::events).isEqualTo((long) LEAST);
        keeper.follow(events(1));
        keeper.flush(state);
        assertThat(written).hasSize(2);
    }

    @Test
    void hasTheFactsOfWhatWasCommitted() {
        SnapshotKeeper keeper = keeper(0, 0);
        List<Event> session =
                List.of(new Event.StudyCreated("a study", Instant.EPOCH), new Event.StudyResumed(Instant.EPOCH));
        keeper.follow(session);
        keeper.follow(List.of(new Event.StudyEnded(Event.End.BUDGET, Instant.EPOCH.plusSeconds(7))));
        keeper.follow(events(1_000));
        keeper.flush(state);
        Facts facts = written.get(0).facts();
        assertThat(facts.definition()).isEqualTo("a study");
        assertThat(facts.before()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whoKeepsNoneIsNotAskedForAState() {
        SnapshotKeeper keeper = new SnapshotKeeper(SnapshotStore.NONE, task -> {
            throw new AssertionError("nothing is to be written");
        });
        keeper.follow(events(20_000));
        keeper.settle(() -> {
            throw new AssertionError("nothing is to be written");
        });
        keeper.flush(state);
        keeper.close();
    }

    @Test
    void aClosedOneWritesNothingMore() {
        CompletableFuture<Void> closing = new CompletableFuture<>();
        SnapshotKeeper keeper = new SnapshotKeeper(
                store,
                task -> Collector.inBackground(() -> {
                    closing.join();
                    task.run();
                }));
        keeper.begin(Snapshot.initial(SampleStudy.study()), 0);
        keeper.follow(events(LEAST));
        keeper.settle(() -> state);
        closing.complete(null);
        keeper.close();
        assertThat(written).hasSize(1);
    }
}
