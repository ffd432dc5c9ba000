package org.evolvent.bench;

import java.time.InstantSource;
import java.util.List;
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
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.runtime.memory.InMemoryCheckpointStore;
import org.evolvent.runtime.memory.InMemoryEventStore;
import org.evolvent.trainer.thread.ThreadExecutor;

/** Intervals a second when training costs nothing: 16 members, 2 slots, 100-byte checkpoints. */
public final class Throughput {
    private static final int MEMBERS = 16;
    private static final int SLOTS = 2;
    private static final int CHECKPOINT_BYTES = 100;

    private Throughput() {}

    /** Runs it several times, the first for warming up. Arguments: the number of intervals of one run (default 160000). */
    public static void main(String[] arguments) {
        long intervals = arguments.length > 0 ? Long.parseLong(arguments[0]) : 160_000;
        for (int run = 0; run < 6; run++) {
            System.out.printf(
                    "memory: %,.0f intervals/s%n",
                    measure(new InMemoryEventStore(), new InMemoryCheckpointStore(), intervals));
        }
    }

    private static double measure(EventStore events, CheckpointStore checkpoints, long intervals) {
        Study study = Study.named(
                        "no-op",
                        new SearchSpace(List.of(new Parameter("x", new Reals(0, 1, Scale.LINEAR), false))),
                        new Objective("score", Objective.Goal.MAXIMIZE),
                        Budget.ofSteps(intervals / MEMBERS),
                        1)
                .population(MEMBERS)
                .build();
        InstantSource clock = InstantSource.system();
        long before = System.nanoTime();
        try (ThreadExecutor executor = new ThreadExecutor(
                (hyperparameters, seed) -> new NoOp(hyperparameters, CHECKPOINT_BYTES),
                checkpoints,
                SLOTS,
                MEMBERS,
                clock)) {
            StudyState end =
                    new StudyDriver(study, "no-op", events, checkpoints, executor, clock, new StudyListener() {}).run();
            return end.tally().intervals() / ((System.nanoTime() - before) * 1e-9);
        }
    }
}
