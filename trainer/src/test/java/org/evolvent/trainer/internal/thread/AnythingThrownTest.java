package org.evolvent.trainer.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.testing.Attempts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a trainer in this JVM throws or returns costs one attempt: it ends, as the trainer's failure, and its slot trains the next. */
@Timeout(30)
class AnythingThrownTest {
    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /** Does nothing amiss; each test spoils one thing. */
    private class Sound implements Trainer {
        Sound() {
            made.incrementAndGet();
        }

        @Override
        public Report train(long steps) throws Exception {
            return Report.of("score", 1.0);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            // It has none.
        }

        @Override
        public void save(Path directory) throws Exception {
            Files.writeString(directory.resolve("weights"), "1");
        }

        @Override
        public void restore(Path directory) throws Exception {
            // It has no weights.
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** Trains in a way of its own. */
    private interface Training {
        Report train() throws Exception;
    }

    private TrainerFactory training(Training way) {
        return (values, seed) -> new Sound() {
            @Override
            public Report train(long steps) throws Exception {
                return way.train();
            }
        };
    }

    private String failure(TrainerFactory factory) {
        try (ThreadExecutor executor = new ThreadExecutor(factory, checkpoints, 1, 1, InstantSource.system())) {
            Attempts.run(executor, Attempts.first(0, 0));
            ExecutorEvent second = Attempts.run(executor, Attempts.first(1, 0));
            assertThat(second).isInstanceOf(ExecutorEvent.Failed.class);
            return ((ExecutorEvent.Failed) second).message();
        }
    }

    @Test
    void whatIsNullIsSaid() {
        assertThat(failure((values, seed) -> null)).contains("the factory of trainers returned null");
        assertThat(failure(training(() -> null))).contains("train returned null");
    }

    @Test
    void aReportThatCouldNotBeLoggedIsRefusedWhereItIsMade() {
        Map<String, Double> noValue = new HashMap<>();
        noValue.put("score", null);
        Map<String, Double> noName = new HashMap<>();
        noName.put(null, 1.0);
        assertThat(failure(training(() -> new Report(noValue, List.of())))).contains("the metric 'score' is null");
        assertThat(failure(training(() -> new Report(noName, List.of())))).contains("the name of a metric is null");
        assertThat(failure(training(() -> Report.of("x".repeat(4097), 1))))
                .contains("has 4097 characters but must have 1 to 4096");
        assertThat(failure(training(() -> Report.of("", 1)))).contains("has 0 characters");
    }

    @Test
    void anInterruptOfTheTrainersOwnIsItsFailure() {
        assertThat(failure(training(() -> {
                    throw new InterruptedException("a pool of mine");
                })))
                .contains("a pool of mine");
        assertThat(failure(training(() -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("a pool of mine");
                })))
                .contains("a pool of mine");
    }

    @Test
    void anInterruptThatIsLeftBehindDoesNotSpoilTheCheckpoint() {
        TrainerFactory factory = training(() -> {
            Thread.currentThread().interrupt();
            return Report.of("score", 1.0);
        });
        try (ThreadExecutor executor = new ThreadExecutor(factory, interruptible(), 1, 1, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0))).isInstanceOf(ExecutorEvent.Done.class);
        }
    }

    /** Returns a store that commits as one of files does: not on a thread that is interrupted. */
    private CheckpointStore interruptible() {
        return (CheckpointStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CheckpointStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")
                            && Thread.currentThread().isInterrupted()) {
                        throw new EvolventException("closed by an interrupt");
                    }
                    return method.invoke(checkpoints, arguments);
                });
    }

    @Test
    void aCancelledAttemptIsStillLost() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        TrainerFactory factory = training(() -> {
            begun.countDown();
            Thread.sleep(Duration.ofMinutes(1).toMillis());
            return Report.of("score", 1.0);
        });
        try (ThreadExecutor executor = new ThreadExecutor(factory, checkpoints, 1, 1, InstantSource.system())) {
            Attempt attempt = Attempts.first(0, 0);
            executor.start(attempt);
            begun.await();
            executor.cancel(attempt);
            assertThat(Attempts.awaitEnd(executor, attempt)).isInstanceOf(ExecutorEvent.Lost.class);
        }
    }

    @Test
    void anErrorWhileItIsClosedEndsNoSlot() {
        assertThat(failure((values, seed) -> new Sound() {
                    @Override
                    public Report train(long steps) {
                        throw new IllegalStateException("no gradient");
                    }

                    @Override
                    public void close() {
                        throw new AssertionError("no native library");
                    }
                }))
                .contains("no gradient");
    }

    @Test
    void whatCannotSayWhatItIsIsNamed() {
        assertThat(failure(training(() -> {
                    throw new Mute();
                })))
                .isEqualTo(Mute.class.getName());
    }

    @Test
    void aLongStoryIsCut() {
        assertThat(failure(training(() -> {
                    throw new IllegalStateException("x".repeat(1_000_000));
                })))
                .hasSizeLessThan(11_000);
    }

    @Test
    void whoCannotRestoreIsClosed() {
        TrainerFactory factory = (values, seed) -> new Sound() {
            @Override
            public void restore(Path directory) {
                throw new IllegalStateException("another shape");
            }
        };
        try (ThreadExecutor executor = new ThreadExecutor(factory, checkpoints, 1, 0, InstantSource.system())) {
            ExecutorEvent.Done done = (ExecutorEvent.Done) Attempts.run(executor, Attempts.first(0, 0));
            Attempt copy = Attempts.after(done, 1, Attempts.learningRate(0.5));
            assertThat(Attempts.run(executor, copy)).isInstanceOf(ExecutorEvent.Failed.class);
        }
        assertThat(closed).hasValue(made.get()).hasValue(2);
    }

    private static final class Mute extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("not even that");
        }
    }
}
