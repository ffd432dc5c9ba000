package org.evolvent.trainer.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StorageException;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.testing.Attempts;
import org.junit.jupiter.api.Test;

/** Whose fault it is when a trainer in this JVM does not save or restore. */
class FaultsTest {
    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();

    /** Saves in some way. */
    private interface Saver {
        void save(Path directory) throws IOException;
    }

    @Test
    void aFullDiskIsThePlaces() {
        assertThat(run(directory -> {
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }))
                .isInstanceOfSatisfying(
                        ExecutorEvent.Lost.class,
                        lost -> assertThat(lost.medium()).contains(StorageException.Kind.FULL));
    }

    @Test
    void anotherFailureToWriteIsTheTrainers() {
        assertThat(run(directory -> {
                    throw new IOException("the weights have no shape");
                }))
                .isInstanceOf(ExecutorEvent.Failed.class);
    }

    @Test
    void aLinkInACheckpointIsTheTrainers() {
        assertThat(run(directory -> Files.createSymbolicLink(directory.resolve("link"), directory)))
                .isInstanceOf(ExecutorEvent.Failed.class);
    }

    @Test
    void aParentThatIsGoneIsNamed() {
        try (ThreadExecutor executor = executor(directory -> Files.writeString(directory.resolve("x"), "x"))) {
            ExecutorEvent.Done done = (ExecutorEvent.Done) Attempts.run(executor, Attempts.first(0, 0));
            checkpoints.release(done.checkpoint().id());
            checkpoints.discard(List.of(done.checkpoint().id()));
            Attempt copy = Attempts.after(done, 1, Attempts.learningRate(0.5));
            assertThat(Attempts.run(executor, copy))
                    .isInstanceOfSatisfying(
                            ExecutorEvent.Unrestorable.class,
                            lost -> assertThat(lost.checkpoint())
                                    .isEqualTo(done.checkpoint().id()));
        }
    }

    private ExecutorEvent run(Saver saver) {
        try (ThreadExecutor executor = executor(saver)) {
            return Attempts.run(executor, Attempts.first(0, 0));
        }
    }

    private ThreadExecutor executor(Saver saver) {
        TrainerFactory factory = (values, seed) -> new Saving(saver);
        return new ThreadExecutor(factory, checkpoints, 1, 1, InstantSource.system());
    }

    private record Saving(Saver saver) implements Trainer {
        @Override
        public Report train(long steps) {
            return Report.of("score", 1.0);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            // It has none.
        }

        @Override
        public void save(Path directory) throws IOException {
            saver.save(directory);
        }

        @Override
        public void restore(Path directory) {
            // It has no weights.
        }
    }
}
