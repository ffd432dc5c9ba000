package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.StorageException;
import org.evolvent.testkit.internal.contract.ForwardingCheckpointStore;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private static final Instant BEGUN = Instant.EPOCH;
    private final StorageException full =
            new StorageException(StorageException.Kind.FULL, "no room", new IOException());

    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
    private final Syncs events = new Syncs();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Collector collector = new Collector(events, checkpoints, tasks::add, BEGUN);
    private int saved;

    /** A log that counts how often it was synced. */
    private static final class Syncs extends ForwardingEventStore {
        private Runnable syncing = () -> {};
        private int syncs;

        Syncs() {
            super(new InMemoryEventStore());
        }

        @Override
        public void sync() {
            syncing.run();
            syncs++;
        }
    }

    /** Commits a checkpoint that nobody needs, of which the store says that it has so many bytes. */
    private CheckpointId garbage(Collector told, long bytes) {
        try {
            Path staged = checkpoints.stage();
            Files.writeString(staged.resolve("weights"), Integer.toString(saved++));
            CheckpointId id = checkpoints.commit(staged).id();
            checkpoints.release(id);
            told.committed(new CheckpointStore.Stored(id, bytes));
            return id;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void smallGarbageGoesOnceASecondWhenTheLogIsSynced() {
        garbage(collector, 10);
        collector.settle(BEGUN.plusMillis(999));
        assertThat(tasks).isEmpty();
        collector.settle(BEGUN.plusSeconds(1));
        assertThat(tasks).hasSize(1);
        collector.settle(BEGUN.plusSeconds(3));
        assertThat(tasks).as("one at a time").hasSize(1);
        assertThat(checkpoints.list()).as("the log is not synced").hasSize(1);
        runTasks();
        CheckpointId later = garbage(collector, 10);
        collector.settle(BEGUN.plusMillis(1500));
        assertThat(events.syncs).isEqualTo(1);
        assertThat(checkpoints.list()).containsExactly(later);
        collector.settle(BEGUN.plusMillis(1999));
        assertThat(tasks).as("a second after it was begun").isEmpty();
        collector.settle(BEGUN.plusSeconds(2));
        assertThat(tasks).hasSize(1);
    }

    @Test
    void aLogThatHasGrownIsSyncedAndOneThatHasNotIsNot() {
        collector.settle(BEGUN.plusSeconds(10));
        assertThat(tasks).isEmpty();
        events.append(List.of(new Event.StudyResumed(BEGUN)));
        collector.settle(BEGUN.plusSeconds(11));
        runTasks();
        assertThat(events.syncs).isEqualTo(1);
        collector.settle(BEGUN.plusSeconds(20));
        assertThat(tasks).isEmpty();
    }

    @Test
    void aClockThatWasSetBackDelaysNothing() {
        garbage(collector, 10);
        collector.settle(BEGUN.minusSeconds(3600));
        assertThat(tasks).hasSize(1);
    }

    @Test
    void largeGarbageIsGoneBeforeAnythingElseHappens() {
        try (Collector eager = new Collector(events, checkpoints, Runnable::run, BEGUN)) {
            garbage(eager, Collector.LARGE_BYTES - 1);
            eager.settle(BEGUN);
            assertThat(checkpoints.list()).hasSize(1);
            garbage(eager, Collector.LARGE_BYTES);
            eager.settle(BEGUN);
            assertThat(checkpoints.list()).isEmpty();
            assertThat(events.syncs).isEqualTo(1);
        }
    }

    @Test
    void soIsMuchSmallGarbage() {
        try (Collector eager = new Collector(events, checkpoints, Runnable::run, BEGUN)) {
            long bytes = 0;
            while (bytes + 1000 < Collector.MOST_GARBAGE_BYTES) {
                garbage(eager, 1000);
                bytes += 1000;
                eager.settle(BEGUN);
            }
            assertThat(events.syncs).isZero();
            garbage(eager, Collector.MOST_GARBAGE_BYTES - bytes);
            eager.settle(BEGUN);
            assertThat(checkpoints.list()).isEmpty();
        }
    }

    @Test
    void nothingIsDeletedWhileTheLogCannotBeSynced() {
        try (Collector eager = new Collector(events, checkpoints, Runnable::run, BEGUN)) {
            garbage(eager, 10);
            events.syncing = () -> {
                throw full;
            };
            eager.flush(BEGUN);
            assertThat(checkpoints.list()).hasSize(1);
            events.syncing = () -> {};
            eager.settle(BEGUN.plusSeconds(1));
            eager.settle(BEGUN.plusSeconds(1));
            assertThat(checkpoints.list()).isEmpty();
        }
    }

    @Test
    void aLogThatCouldNotBeSyncedIsSyncedLater() {
        try (Collector eager = new Collector(events, checkpoints, Runnable::run, BEGUN)) {
            events.append(List.of(new Event.StudyResumed(BEGUN)));
            events.syncing = () -> {
                throw full;
            };
            eager.flush(BEGUN);
            events.syncing = () -> {};
            eager.settle(BEGUN.plusSeconds(1));
            assertThat(events.syncs).isEqualTo(1);
        }
    }

    @Test
    void whatCouldNotBeDeletedIsDeletedLater() {
        boolean[] isFull = {true};
        try (Collector eager = new Collector(events, discarding(isFull), Runnable::run, BEGUN)) {
            garbage(eager, Collector.LARGE_BYTES);
            eager.settle(BEGUN);
            assertThat(checkpoints.list()).hasSize(1);
            isFull[0] = false;
            eager.settle(BEGUN);
            assertThat(checkpoints.list()).isEmpty();
        }
    }

    private CheckpointStore discarding(boolean[] isFull) {
        return new ForwardingCheckpointStore(checkpoints) {
            @Override
            public void discard(Collection<CheckpointId> ids) {
                if (isFull[0]) {
                    throw full;
                }
                super.discard(ids);
            }
        };
    }

    @Test
    void whatIsNoFailureOfAMediumIsNotHidden() {
        events.syncing = () -> {
            throw new IllegalStateException("a bug");
        };
        Collector eager = new Collector(events, checkpoints, Runnable::run, BEGUN);
        assertThatThrownBy(() -> eager.flush(BEGUN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
        eager.close();
    }

    @Test
    void aClosedOneDoesNothingMore() {
        CompletableFuture<Void> closing = new CompletableFuture<>();
        CompletableFuture<Boolean> synced = new CompletableFuture<>();
        events.syncing = () -> {
            closing.join();
            synced.complete(true);
        };
        Executor background = Collector::inBackground;
        Collector slow = new Collector(events, checkpoints, background, BEGUN);
        garbage(slow, 10);
        slow.settle(BEGUN.plusSeconds(1));
        closing.complete(null);
        slow.close();
        assertThat(synced).isDone();
    }

    @Test
    void theBackgroundKeepsNoProcessAlive() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        Collector.inBackground(() -> ran.complete(Thread.currentThread()));
        Thread thread = ran.get(10, TimeUnit.SECONDS);
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();
    }
}
