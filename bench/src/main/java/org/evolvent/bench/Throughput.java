package org.evolvent.bench;

import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.trainer.internal.thread.ThreadExecutor;

/** Intervals a second when training costs nothing: 16 members, 2 slots, 100-byte checkpoints. */
public final class Throughput {
    private static final int MEMBERS = 16;
    private static final int SLOTS = 2;
    private static final int CHECKPOINT_BYTES = 100;
    private static final int RUNS = 6;

    private Throughput() {}

    /**
     * What a run took.
     *
     * @param perSecond intervals a second
     * @param processorMicros processor time of the whole JVM for an interval, which means about the same on a busy machine
     */
    private record Measured(double perSecond, double processorMicros) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%,.0f intervals/s (%.0f us of processor time each)", perSecond, processorMicros);
        }
    }

    /**
     * Runs both kinds of stores in turn, several times; the first runs warm up.
     *
     * @param arguments the number of intervals of a run in memory (default 160000), and of one on disk (a fifth of them)
     */
    public static void main(String[] arguments) throws IOException {
        long intervals = arguments.length > 0 ? Long.parseLong(arguments[0]) : 160_000;
        long intervalsOnDisk = arguments.length > 1 ? Long.parseLong(arguments[1]) : intervals / 5;
        List<Measured> inMemory = new ArrayList<>();
        List<Measured> onDisk = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            inMemory.add(measure(new InMemoryEventStore(), new InMemoryCheckpointStore(), intervals));
            onDisk.add(onDisk(intervalsOnDisk));
            System.out.printf(
                    "run %d: in memory %s; with SQLite and files %s%n", run, inMemory.get(run), onDisk.get(run));
        }
        System.out.printf(
                "median without the first: in memory %s; with SQLite and files %s%n", median(inMemory), median(onDisk));
    }

    private static Measured median(List<Measured> runs) {
        return runs.stream()
                .skip(1)
                .sorted(Comparator.comparingDouble(Measured::perSecond))
                .skip((runs.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    private static Measured onDisk(long intervals) throws IOException {
        Path parent = Files.createTempDirectory("evolvent-throughput");
        try (RunDirectory directory = RunDirectory.create(parent.resolve("run"), "study: no-op\n")) {
            return measure(directory.events(), directory.checkpoints(), intervals);
        } finally {
            MoreFiles.deleteRecursively(parent);
        }
    }

    private static Measured measure(EventStore events, CheckpointStore checkpoints, long intervals) {
        Study study = Study.named(
                        "no-op",
                        new SearchSpace(List.of(new Parameter("x", new Reals(0, 1, Scale.LINEAR), false))),
                        new Objective("score", Objective.Goal.MAXIMIZE),
                        Budget.ofSteps(intervals / MEMBERS),
                        1)
                .population(MEMBERS)
                .build();
        InstantSource clock = InstantSource.system();
        Duration processor = processorTime();
        long before = System.nanoTime();
        try (ThreadExecutor executor = new ThreadExecutor(
                (hyperparameters, seed) -> new NoOp(hyperparameters, CHECKPOINT_BYTES),
                checkpoints,
                SLOTS,
                MEMBERS,
                clock)) {
            StudyState end = StudyDriver.of(study, events, checkpoints, executor)
                    .clock(clock)
                    .run();
            double seconds = (System.nanoTime() - before) * 1e-9;
            long done = end.tally().intervals();
            return new Measured(done / seconds, processorTime().minus(processor).toNanos() * 1e-3 / done);
        }
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
