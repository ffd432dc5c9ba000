package org.evolvent.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StudyListener;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunTest {
    @TempDir
    private Path temporary;

    /** Adds the rate at each step. */
    static class Adder implements Trainer {
        private double rate;
        private double sum;

        Adder(Hyperparameters hyperparameters, long seed) {
            apply(hyperparameters);
        }

        @Override
        public Report train(long steps) {
            sum += steps * rate;
            return Report.of("sum", sum).and("rate", rate);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            rate = hyperparameters.real("rate");
        }

        @Override
        public void save(Path directory) throws IOException {
            Files.writeString(directory.resolve("sum"), Double.toString(sum));
        }

        @Override
        public void restore(Path directory) throws IOException {
            sum = Double.parseDouble(Files.readString(directory.resolve("sum")));
        }
    }

    @Test
    void aStudyBeginsWithTheModelsOfAnother() throws Exception {
        Path first = temporary.resolve("first");
        double reached;
        try (StudyRun run =
                StudyRun.of(spec().build()).trainer(Adder::new).directory(first).start()) {
            reached = run.await().best().orElseThrow().score();
        }
        StudySpec same = spec().build();
        assertThatThrownBy(
                        () -> StudyRun.of(same).trainer(Adder::new).from(first).start())
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("must be above");
        StudySpec longer = StudySpec.named("sums", same.space(), same.objective(), Budget.ofSteps(110), 10)
                .population(6)
                .build();
        try (StudyRun run =
                StudyRun.of(longer).trainer(Adder::new).fromBest(first).start()) {
            StudyResult.Best best = run.await().best().orElseThrow();
            assertThat(best.score()).isGreaterThan(reached);
            assertThat(best.schedule()).hasSize(1);
            assertThat(best.schedule().get(0).fromStep()).isEqualTo(100);
        }
        assertThatThrownBy(() -> StudyRun.resume(first)
                        .trainer(Adder::new)
                        .fromBest(first)
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("goes on was given the models of");
    }

    /** The same by name. */
    public static final class Adders implements TrainerFactory {
        @Override
        public Trainer create(Hyperparameters hyperparameters, long seed) {
            return new Adder(hyperparameters, seed);
        }
    }

    private static StudySpec.Builder spec() {
        return StudySpec.named(
                        "sums",
                        SearchSpace.of(Parameter.of("rate", Reals.linear(0, 1))),
                        Objective.maximize("sum"),
                        Budget.ofSteps(100),
                        10)
                .population(6)
                .mode(Mode.SYNCHRONOUS);
    }

    @Test
    void anObjectTrainsInADirectory() throws Exception {
        Path directory = temporary.resolve("evolvent-runs/sums");
        List<Event> told = new ArrayList<>();
        StudyListener listener = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                told.addAll(events);
            }
        };
        try (StudyRun run = StudyRun.of(spec().build())
                .trainer(Adder::new)
                .directory(directory)
                .listener(listener)
                .start()) {
            StudyResult result = run.await();
            assertThat(result.status()).isEqualTo(StudyResult.Status.DONE);
            assertThat(result.intervals()).isEqualTo(60);
            assertThat(result.trouble()).isEmpty();
            StudyResult.Best best = result.best().orElseThrow();
            assertThat(best.metrics()).containsEntry("sum", best.score()).containsKey("rate");
            assertThat(best.step()).isEqualTo(100);
            assertThat(best.schedule().get(0).fromStep()).isZero();
            assertThat(best.schedule().get(best.schedule().size() - 1).hyperparameters())
                    .isEqualTo(best.hyperparameters());
            assertThat(Double.parseDouble(Files.readString(best.checkpoint().resolve("sum"))))
                    .isEqualTo(best.score());
            assertThat(best.checkpoint()).startsWithRaw(run.directory());
        }
        assertThat(told).filteredOn(Event.IntervalFinished.class::isInstance).hasSize(60);
        assertThat(directory.resolve("best/schedule.json")).exists();
    }

    @Test
    void withoutADirectoryNothingStays() throws Exception {
        Path directory;
        try (StudyRun run = StudyRun.of(spec().build()).trainer(Adder::new).start()) {
            assertThat(run.await().best().orElseThrow().checkpoint().resolve("sum"))
                    .exists();
            directory = run.directory();
            assertThat(directory).exists();
        }
        assertThat(directory.getParent()).doesNotExist();
    }

    @Test
    void aStoppedStudyIsResumedToTheSameEnd() throws Exception {
        double undisturbed;
        try (StudyRun run = StudyRun.of(spec().build()).trainer(Adder::new).start()) {
            undisturbed = run.await().best().orElseThrow().score();
        }
        Path directory = temporary.resolve("run");
        CountDownLatch half = new CountDownLatch(30);
        TrainerFactory slow = (hyperparameters, seed) -> new Trainer() {
            private final Adder adder = new Adder(hyperparameters, seed);

            @Override
            public Report train(long steps) throws InterruptedException {
                half.countDown();
                Thread.sleep(5);
                return adder.train(steps);
            }

            @Override
            public void apply(Hyperparameters other) {
                adder.apply(other);
            }

            @Override
            public void save(Path checkpoint) throws IOException {
                adder.save(checkpoint);
            }

            @Override
            public void restore(Path checkpoint) throws IOException {
                adder.restore(checkpoint);
            }
        };
        try (StudyRun run =
                StudyRun.of(spec().build()).trainer(slow).directory(directory).start()) {
            half.await();
            run.stop();
            assertThat(run.await().status()).isEqualTo(StudyResult.Status.INTERRUPTED);
        }
        assertThatThrownBy(() -> StudyRun.resume(directory).start()).hasMessageContaining("no trainer was given");
        try (StudyRun run = StudyRun.resume(directory).trainer(Adder::new).start()) {
            StudyResult result = run.await();
            assertThat(result.status()).isEqualTo(StudyResult.Status.DONE);
            assertThat(result.intervals()).isEqualTo(60);
            assertThat(result.best().orElseThrow().score()).isEqualTo(undisturbed);
        }
        assertThatThrownBy(() -> StudyRun.of(spec().build())
                        .trainer(Adder::new)
                        .directory(directory)
                        .start())
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void aClassOrAProgramTrainsByItsName() throws Exception {
        StudySpec byClass = spec().trainer(
                        new TrainerSpec.InJvm(Adders.class.getName(), List.of(), temporary.toAbsolutePath()))
                .build();
        try (StudyRun run = StudyRun.of(byClass).start()) {
            assertThat(run.await().status()).isEqualTo(StudyResult.Status.DONE);
        }
        assertThatThrownBy(() -> StudyRun.of(byClass).trainer(Adder::new).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the study has its own");
        StudySpec missing = byClass.toBuilder()
                .trainer(new TrainerSpec.InJvm("a.B", List.of(), temporary))
                .build();
        assertThatThrownBy(() -> StudyRun.of(missing).start())
                .isInstanceOf(StudyFileException.class)
                .hasMessageStartingWith("the study sums: trainer.java is 'a.B' but there is no such class");
    }

    @Test
    void whatEndsAStudyIsThrown() throws Exception {
        TrainerFactory broken = (hyperparameters, seed) -> {
            throw new IOException("no data");
        };
        try (StudyRun run = StudyRun.of(spec().build()).trainer(broken).start()) {
            assertThatThrownBy(run::await).hasMessageContainingAll("failed with the same error", "no data");
        }
        StudyListener stumbling = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                throw new IllegalStateException("the listener stumbled");
            }
        };
        try (StudyRun run = StudyRun.of(spec().build())
                .trainer(Adder::new)
                .listener(stumbling)
                .start()) {
            assertThatThrownBy(run::await).hasMessageContaining("the listener stumbled");
        }
    }

    @Test
    void aMetricThatNobodyReportsIsToldAtOnce() throws Exception {
        StudySpec misspelt = StudySpec.named(
                        "sums", spec().build().space(), Objective.maximize("summ"), Budget.ofSteps(100), 10)
                .build();
        List<String> warnings = new ArrayList<>();
        StudyListener listener = new StudyListener() {
            @Override
            public void warned(String message) {
                warnings.add(message);
            }
        };
        try (StudyRun run =
                StudyRun.of(misspelt).trainer(Adder::new).listener(listener).start()) {
            assertThatThrownBy(run::await)
                    .hasMessageContainingAll("'summ', which none of the first", "rate, sum", "Maybe you meant 'sum'?");
        }
        assertThat(warnings).singleElement().asString().contains("Interval 0 of member", "'summ'");
    }

    @Test
    void aListenerThatWaitsForItsOwnStudyIsRefused() throws Exception {
        for (boolean closes : new boolean[] {true, false}) {
            CompletableFuture<StudyRun> started = new CompletableFuture<>();
            StudyListener waiting = new StudyListener() {
                @Override
                public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                    try {
                        if (closes) {
                            started.join().close();
                        } else {
                            started.join().await();
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
            try (StudyRun run = StudyRun.of(spec().build())
                    .trainer(Adder::new)
                    .listener(waiting)
                    .start()) {
                started.complete(run);
                assertThatThrownBy(run::await)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(closes ? "close waits" : "await waits")
                        .hasMessageContaining("Maybe stop() is enough?");
            }
        }
    }

    @Test
    void anInterruptedThreadStartsAndIsInterruptedStill() throws Exception {
        Path directory = temporary.resolve("run");
        Thread.currentThread().interrupt();
        try (StudyRun run = StudyRun.of(spec().build())
                .trainer(Adder::new)
                .directory(directory)
                .start()) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(run.await().status()).isEqualTo(StudyResult.Status.DONE);
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void whatIsNullIsNamed() {
        StudyRun.Builder builder = StudyRun.of(spec().build());
        assertThatNullPointerException().isThrownBy(() -> StudyRun.of(null)).withMessage("the study is null");
        assertThatNullPointerException().isThrownBy(() -> StudyRun.resume(null)).withMessage("the directory is null");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.trainer(null))
                .withMessage("the factory of trainers is null");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.listener(null))
                .withMessage("the listener is null");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.directory(null))
                .withMessage("the directory is null");
        assertThatNullPointerException()
                .isThrownBy(() -> spec().mode(null).build())
                .withMessage("the mode is null");
        assertThatNullPointerException()
                .isThrownBy(() -> spec().resources(null).build())
                .withMessage("the resources are null");
    }

    @Test
    void metricsStayInTheOrderInWhichTheyWereReported() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : List.of("loss", "accuracy", "top5", "grad", "entropy", "reward", "kl")) {
            metrics.put(name, 1.0);
        }
        Hyperparameters none = Hyperparameters.of(Map.of());
        assertThat(new StudyResult.Best(1, metrics, new MemberId(0), 0, 10, none, List.of(), temporary).metrics())
                .containsExactlyEntriesOf(metrics);
    }
}
