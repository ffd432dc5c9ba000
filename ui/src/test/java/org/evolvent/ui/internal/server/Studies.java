package org.evolvent.ui.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Mode;
import org.evolvent.study.StudyRun;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.ui.internal.run.ShownRun;

/** Small studies to look at. */
public final class Studies {
    /** What would make an image, run a script and colour a terminal, if a text became anything else. */
    static final String HOSTILE = "<img src=x onerror=document.title=1>\u001b[31m";

    /** How long an interval takes, in milliseconds. */
    static final AtomicLong PACE = new AtomicLong();

    private Studies() {}

    /** Climbs by its rate, and now and then fails. */
    static final class Climber implements Trainer {
        private final long seed;
        private double rate;
        private double height;

        Climber(Hyperparameters hyperparameters, long seed) {
            this.seed = seed;
            apply(hyperparameters);
        }

        @Override
        public Report train(long steps) throws InterruptedException {
            Thread.sleep(PACE.get());
            if (Math.floorMod(seed, 5) == 0 && height == 0) {
                height = 0.001;
                throw new IllegalStateException("no luck " + HOSTILE);
            }
            height += steps * rate;
            return Report.of("height", height).and("rate", rate);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            rate = hyperparameters.real("rate");
        }

        @Override
        public void save(Path directory) throws IOException {
            Files.writeString(directory.resolve("height"), Double.toString(height));
        }

        @Override
        public void restore(Path directory) throws IOException {
            height = Double.parseDouble(Files.readString(directory.resolve("height")));
        }
    }

    /** Starts a study of eight members and some intervals. */
    static StudyRun start(Path directory, int intervals) {
        return StudyRun.of(StudySpec.named(
                                "climb",
                                SearchSpace.of(
                                        Parameter.of("rate", Reals.log(1e-4, 1)),
                                        Parameter.of(
                                                "kind",
                                                new Choice(
                                                        List.of(new Value.Text(HOSTILE), new Value.Text(HOSTILE + 2)),
                                                        false))),
                                Objective.maximize("height"),
                                Budget.ofSteps(10L * intervals),
                                10)
                        .population(8)
                        .mode(Mode.SYNCHRONOUS)
                        .build())
                .trainer(Climber::new)
                .directory(directory)
                .start();
    }

    /** Runs a study to its end. */
    public static void run(Path directory, int intervals) throws InterruptedException {
        try (StudyRun run = start(directory, intervals)) {
            var unused = run.await();
        }
    }

    /** Waits until nothing has been logged for a second, and returns the revision. */
    static long rest(ShownRun run) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        long before = -1;
        for (long now = run.follow().revision();
                now != before;
                now = run.follow().revision()) {
            assertThat(System.nanoTime()).as("20 s and still no rest").isLessThan(end);
            before = now;
            Thread.sleep(1000);
        }
        return before;
    }

    /** Waits until something has been logged after a revision. */
    static void growsFrom(ShownRun run, long revision) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (run.follow().revision() <= revision) {
            assertThat(System.nanoTime()).as("20 s without an event").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
