package org.evolvent.tasks.internal.tables;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer.Outcome;
import org.evolvent.tasks.internal.DesignedTasks;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Simulation;

/** Who copies whom where members differ in speed, and what copying costs where scores are noisy. */
final class CopyingTable {
    private CopyingTable() {}

    /** Returns whose weights an attempt goes on from, when they are another member's. */
    private static Optional<MemberId> donor(Attempt attempt) {
        return attempt.parent().map(CheckpointRef::member).filter(member -> !member.equals(attempt.member()));
    }

    /**
     * Who copied whom on the task of speeds, where half of the members are fast.
     *
     * @param bySlow how many of 100 copies were made by slow members
     * @param fastDonors how many of 100 that slow members copied were fast
     */
    record Bias(double bySlow, double fastDonors) {}

    /** Counts the copies of a strategy, by the options of a study file. */
    static Bias bias(Map<String, ?> options, int seeds) {
        TaskStrategies.Protocol protocol = TaskStrategies.speeds();
        long[][] copies = new long[2][2];
        SyntheticTask watched = protocol.task().withTrainer((attempt, weights) -> {
            donor(attempt).ifPresent(donor -> copies[attempt.member().index() % 2][donor.index() % 2]++);
            return protocol.task().trainer().train(attempt, weights);
        });
        for (int seed = 0; seed < seeds; seed++) {
            protocol.simulation()
                    .apply(Simulation.synchronous(watched, Catalogue.builtIn().strategy(options)))
                    .run(seed);
        }
        double bySlow = copies[1][0] + copies[1][1];
        return new Bias(100 * bySlow / (bySlow + copies[0][0] + copies[0][1]), 100 * copies[1][0] / bySlow);
    }

    /** Prints a table of who copies whom. */
    static void donors(PrintStream out, int seeds) {
        out.printf(
                "%n### Who copies whom when members differ in speed%n%nHalf of the members are 10 times as fast; %d seeds.%n%n",
                seeds);
        out.println("| comparison | copies made by the slow, per 100 | fast donors per 100 copies of the slow |");
        out.println("|---|---|---|");
        TaskStrategies.speeds().strategies().forEach((name, options) -> {
            if (!name.equals("random search")) {
                Bias bias = bias(options, seeds);
                out.printf(Locale.ROOT, "| %s | %.1f | %.1f |%n", name, bias.bySlow(), bias.fastDonors());
            }
        });
    }

    /**
     * What copying by luck costs on the noisy task, on average over studies.
     *
     * @param copies the copies made
     * @param wrong those whose donor was truly worse
     * @param lost the true score that those gave up, in sum
     */
    record FalseExploits(double copies, double wrong, double lost) {
        double wrongPer100() {
            return copies == 0 ? 0 : 100 * wrong / copies;
        }
    }

    /** Counts the false exploits of a strategy, by the options of a study file. */
    static FalseExploits falseExploits(Map<String, ?> options, int seeds) {
        double[] sums = new double[3];
        for (int seed = 0; seed < seeds; seed++) {
            SyntheticTask task = DesignedTasks.noisy();
            double[] truths = new double[task.population()];
            SyntheticTask watched = task.withTrainer((attempt, weights) -> {
                int member = attempt.member().index();
                if (donor(attempt).isPresent()) {
                    double lost = truths[member] - (Double) weights.orElseThrow();
                    sums[0]++;
                    sums[1] += lost > 0 ? 1 : 0;
                    sums[2] += StrictMath.max(0, lost);
                }
                Outcome outcome = task.trainer().train(attempt, weights);
                truths[member] = (Double) outcome.weights();
                return outcome;
            });
            Simulation.synchronous(watched, Catalogue.builtIn().strategy(options))
                    .run(seed);
        }
        return new FalseExploits(sums[0] / seeds, sums[1] / seeds, sums[2] / seeds);
    }

    /** Prints a table of what false exploits cost. */
    static void falseExploits(PrintStream out, int seeds) {
        out.printf(
                "%n### What false exploits cost on the noisy task%n%nA study of 16 members; mean of %d seeds.%n%n",
                seeds);
        out.println(
                "| strategy | copies | wrong | wrong per 100 | true score given up by wrong copies |\n|---|---|---|---|---|");
        TaskStrategies.noisy().strategies().forEach((name, options) -> {
            FalseExploits counted = falseExploits(options, seeds);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.3f |%n",
                    name,
                    counted.copies(),
                    counted.wrong(),
                    counted.wrongPer100(),
                    counted.lost());
        });
    }
}
