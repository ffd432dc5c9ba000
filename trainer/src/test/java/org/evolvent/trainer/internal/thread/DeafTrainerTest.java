package org.evolvent.trainer.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.testing.Attempts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A trainer in this JVM that does not react to interrupts holds nobody up, and what it does later counts for nothing. */
@Tag("slow")
class DeafTrainerTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch atLast = new CountDownLatch(1);

    @AfterEach
    void letItGo() {
        atLast.countDown();
    }

    private void hang() {
        begun.countDown();
        for (boolean over = false; !over; ) {
            try {
                atLast.await();
                over = true;
            } catch (InterruptedException e) {
                // It is deaf.
            }
        }
    }

    @Test
    void isLeftBehindWhenItTrainsForEver() throws Exception {
        InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
        ThreadExecutor executor =
                new ThreadExecutor((values, seed) -> new Deaf(true), checkpoints, 1, 1, InstantSource.system());
        Attempt attempt = Attempts.first(0, 0);
        executor.start(attempt);
        begun.await();
        executor.close();
        assertThat(executor.await(Duration.ZERO)).noneMatch(ExecutorEvent.Lost.class::isInstance);
        atLast.countDown();
        assertThat(Attempts.awaitEnd(executor, attempt)).isInstanceOf(ExecutorEvent.Lost.class);
        assertThat(checkpoints.list()).isEmpty();
    }

    @Test
    void isLeftBehindWhenItNeverCloses() {
        InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
        ThreadExecutor executor =
                new ThreadExecutor((values, seed) -> new Deaf(false), checkpoints, 1, 1, InstantSource.system());
        assertThat(Attempts.run(executor, Attempts.first(0, 0))).isInstanceOf(ExecutorEvent.Done.class);
        executor.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("evolvent-closing"))
                .allMatch(Thread::isDaemon);
    }

    private final class Deaf implements Trainer {
        private final boolean inTraining;

        private Deaf(boolean inTraining) {
            this.inTraining = inTraining;
        }

        @Override
        public Report train(long steps) {
            if (inTraining) {
                hang();
            }
            return Report.of("score", 1.0);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            // It has none.
        }

        @Override
        public void save(Path directory) {
            // It has no weights.
        }

        @Override
        public void restore(Path directory) {
            // As above.
        }

        @Override
        public void close() {
            if (!inTraining) {
                hang();
            }
        }
    }
}
