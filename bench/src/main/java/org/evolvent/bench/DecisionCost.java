package org.evolvent.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;

/**
 * What a decision costs the core, by the number of members: taking in a result, deciding by truncation selection, and taking in what was
 * decided. Prints a table of processor time and of bytes allocated, which does not depend on the machine.
 */
public final class DecisionCost {
    private static final SearchSpace SPACE =
            new SearchSpace(List.of(new Parameter("lr", new Reals(1e-5, 1e-1, Scale.LOG), false)));
    private static final CheckpointId CHECKPOINT = new CheckpointId("0123456789abcdef");
    private static final Execution EXECUTION = new Execution(0, Instant.EPOCH, Instant.EPOCH, Duration.ZERO);

    private DecisionCost() {}

    /**
     * Runs.
     *
     * @param arguments the number of decisions that are measured at each size (1,000,000 by default)
     */
    public static void main(String[] arguments) {
        int decisions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        measure(1000, decisions, threads); // Warms up the compiler.
        System.out.println("| members | ns a decision | bytes a decision |");
        System.out.println("|---|---|---|");
        for (int members : new int[] {10, 100, 1000, 10_000, 100_000, 1_000_000}) {
            System.out.printf(Locale.ROOT, "| %,d | %s |%n", members, measure(members, decisions, threads));
        }
    }

    private static String measure(int members, int decisions, ThreadMXBean threads) {
        Study study = Study.named(
                        "cost", SPACE, new Objective("score", Goal.MAXIMIZE), Budget.ofSteps(Long.MAX_VALUE / 2), 1)
                .population(members)
                .strategy(Pbt.standard())
                .build();
        StudyFold fold = new StudyFold(StudyState.initial(study).after(StudyState.firstPopulation(study)));
        RandomStream random = new RandomStream(1);
        for (int i = 0; i < members; i++) {
            step(fold, i, random);
        }
        long bytes = allocated(threads);
        long nanos = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < decisions; i++) {
            step(fold, random.index(members), random);
        }
        nanos = threads.getCurrentThreadCpuTime() - nanos;
        bytes = allocated(threads) - bytes;
        return String.format(Locale.ROOT, "%,d | %,d", nanos / decisions, bytes / decisions);
    }

    private static void step(StudyFold fold, int member, RandomStream random) {
        MemberId id = new MemberId(member);
        Attempt attempt = fold.now().attempt(id);
        double score = random.uniform();
        fold.add(new Event.IntervalFinished(
                attempt, new Score.Valid(score), Map.of("score", score), List.of(), CHECKPOINT, 0, EXECUTION));
        for (Event.Decided decided : Decisions.decideLate(fold.now(), id)) {
            fold.add(decided);
        }
    }

    private static long allocated(ThreadMXBean threads) {
        return ((com.sun.management.ThreadMXBean) threads).getCurrentThreadAllocatedBytes();
    }
}
