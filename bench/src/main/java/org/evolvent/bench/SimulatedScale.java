package org.evolvent.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.runtime.internal.simulated.ForgetfulEventStore;
import org.evolvent.runtime.internal.simulated.SimulatedCheckpointStore;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.runtime.internal.simulated.SimulatedExecutor;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer.Outcome;

/**
 * How many intervals a second the driver, the core and truncation selection manage when training costs nothing: a study of many members
 * in simulated time. Prints one line; the time is the processor's, so that it means the same on a busy machine.
 */
public final class SimulatedScale {
    private static final SearchSpace SPACE =
            new SearchSpace(List.of(new Parameter("lr", new Reals(1e-5, 1e-1, Scale.LOG), false)));

    private SimulatedScale() {}

    /**
     * Runs.
     *
     * @param arguments the number of members (100,000 by default), of intervals of each (100), and of slots (128)
     */
    public static void main(String[] arguments) {
        int members = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int intervals = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        int slots = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 128;
        Study study = Study.named("scale", SPACE, new Objective("score", Goal.MAXIMIZE), Budget.ofSteps(intervals), 1)
                .population(members)
                .strategy(Pbt.standard())
                .build();
        SimulatedCheckpointStore checkpoints = new SimulatedCheckpointStore();
        long before = System.nanoTime();
        StudyState end;
        try (SimulatedExecutor executor = new SimulatedExecutor(
                (attempt, weights) -> {
                    double learned = (Double) weights.orElse(0.0)
                            - StrictMath.abs(attempt.hyperparameters().real("lr") - 1e-3);
                    return new Outcome(learned, Map.of("score", learned), List.of());
                },
                checkpoints,
                SimulatedCosts.ofSlots(slots),
                1)) {
            end = StudyDriver.of(study, new ForgetfulEventStore(), checkpoints, executor)
                    .clock(executor)
                    .run();
        }
        double wall = (System.nanoTime() - before) / 1e9;
        double processor =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
        long done = end.tally().intervals();
        System.out.printf(
                Locale.ROOT,
                "%d members, %d intervals, %d exploits: %.1f s of processor time, %.1f s of wall-clock, %.0f intervals/s of processor time, %d bytes allocated an interval%n",
                members,
                done,
                end.tally().exploits(),
                processor,
                wall,
                done / processor,
                allocatedBytes() / done);
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
