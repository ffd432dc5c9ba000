package org.evolvent.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StudyListener;
import org.evolvent.study.spec.Resources;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.TrainerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program is told when its study cannot go on. */
class StudySetbacksTest {
    private static final SearchSpace SPACE = SearchSpace.of(Parameter.of("rate", Reals.linear(0, 1)));

    @TempDir
    private Path temporary;

    private static StudySpec spec(long steps) {
        return StudySpec.named("sums", SPACE, Objective.maximize("sum"), Budget.ofSteps(steps), 10)
                .population(6)
                .build();
    }

    @Test
    void aStudyWhoseDirectoryIsTakenAwayStopsWithAnError() throws Exception {
        Path directory = temporary.resolve("taken");
        List<Event> told = new ArrayList<>();
        StudyListener moving = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                told.addAll(events);
                if (Files.exists(directory.resolve("events.db")) && told.size() > 20) {
                    try {
                        Files.move(directory, temporary.resolve("elsewhere"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };
        try (StudyRun run = StudyRun.of(spec(1_000_000))
                .trainer(StudyRunTest.Adder::new)
                .directory(directory)
                .listener(moving)
                .start()) {
            assertThatThrownBy(run::await)
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining("was removed, moved or replaced while it ran");
        }
    }

    @Test
    void aProgramIsToldOfItsOwnWayToGoOn() throws Exception {
        TrainerFactory failing = (hyperparameters, seed) -> {
            throw new IOException("no data");
        };
        try (StudyRun run = StudyRun.of(spec(100))
                .trainer(failing)
                .directory(temporary.resolve("failing"))
                .start()) {
            assertThatThrownBy(run::await)
                    .hasMessageContaining("no data")
                    .hasMessageContaining(
                            "go on with: StudyRun.resume(Path.of(\"" + temporary.resolve("failing") + "\"))");
        }
    }

    @Test
    void whatGoesWithTheRunIsNotToBeResumed() throws Exception {
        TrainerFactory failing = (hyperparameters, seed) -> {
            throw new IOException("no data");
        };
        try (StudyRun run = StudyRun.of(spec(100)).trainer(failing).start()) {
            assertThatThrownBy(run::await)
                    .hasMessageContaining("Mend the trainer, and begin again: without a directory(...) of its own")
                    .hasMessageNotContaining("resume")
                    .hasMessageNotContaining("nothing is lost");
        }
    }

    /** Of intervals that never end by themselves, so that what is done is what was asked for. */
    @Test
    void whoIsAskedToFinishKeepsWhatWasTrained() throws Exception {
        CountDownLatch training = new CountDownLatch(2);
        TrainerFactory endless = (hyperparameters, seed) -> new StudyRunTest.Adder(hyperparameters, seed) {
            private final CountDownLatch asked = new CountDownLatch(1);

            @Override
            public Report train(long steps) {
                training.countDown();
                try {
                    asked.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.train(3).withSteps(3);
            }

            @Override
            public boolean finish() {
                asked.countDown();
                return true;
            }
        };
        Path directory = temporary.resolve("finished");
        StudySpec two = spec(10).toBuilder().resources(Resources.ofSlots(2)).build();
        try (StudyRun run =
                StudyRun.of(two).trainer(endless).directory(directory).start()) {
            training.await();
            assertThatThrownBy(() -> run.finish(Duration.ZERO)).hasMessageContaining("PT0S but must be above 0");
            run.finish(Duration.ofMinutes(1));
            assertThat(run.await().status()).isEqualTo(StudyResult.Status.INTERRUPTED);
        }
        List<Long> steps = new CopyOnWriteArrayList<>();
        TrainerFactory counting = (hyperparameters, seed) -> new StudyRunTest.Adder(hyperparameters, seed) {
            @Override
            public Report train(long asked) {
                steps.add(asked);
                return super.train(asked);
            }
        };
        try (StudyRun run = StudyRun.resume(directory).trainer(counting).start()) {
            assertThat(run.await().status()).isEqualTo(StudyResult.Status.DONE);
        }
        assertThat(steps).containsExactlyInAnyOrder(7L, 7L, 10L, 10L, 10L, 10L);
    }
}
