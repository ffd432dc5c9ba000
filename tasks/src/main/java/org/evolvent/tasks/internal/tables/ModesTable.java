package org.evolvent.tasks.internal.tables;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Mode;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.DesignedTasks;
import org.evolvent.tasks.internal.PublishedTasks;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Simulation;
import org.evolvent.tasks.internal.simulation.SpeedSpread;

/** What asynchronous mode costs and spares: the default beside a barrier, and beside what it was by the first rules. */
final class ModesTable {
    private static final Strategy DEFAULT = Catalogue.builtIn().strategy(Map.of());
    private static final List<SpeedSpread> SPREADS = List.of(SpeedSpread.parse("10%"), SpeedSpread.parse("4:1"));
    private static final Strategy FIRST =
            Catalogue.builtIn().strategy(Map.of("exploit", "truncation", "explore", "perturb", "compare", "latest"));

    private ModesTable() {}

    private record Outcome(Sample scores, double spent, double seconds) {
        private String shown() {
            return String.format(
                    Locale.ROOT,
                    "%.3f ± %.3f | %.2f | %.0f",
                    scores.mean(),
                    1.96 * scores.sd() / StrictMath.sqrt(scores.size()),
                    spent,
                    seconds);
        }
    }

    /** Prints the table; each row is one number of members and slots. */
    static void print(PrintStream out, int seeds) {
        out.printf(
                "%n### With and without a barrier%n%nBest score, mean of %d seeds and 95 %% of the mean; the share of population times budget that was spent; simulated seconds. "
                        + "Slots are alike; members differ in speed, by up to 10 %% each way or by 4 to 1.%n%n",
                seeds);
        out.println(
                "| task, members/slots, speeds | at a barrier | spent | seconds | by rules 1 | spent | seconds | the default | spent | seconds |"
                        + "\n|---|---|---|---|---|---|---|---|---|---|");
        for (SyntheticTask task :
                List.of(DesignedTasks.stepwise(), DesignedTasks.smooth(), PublishedTasks.triangle())) {
            for (int members : new int[] {8, 16}) {
                for (int slots = 2; slots <= members; slots *= 2) {
                    for (SpeedSpread speeds : SPREADS) {
                        row(out, task.withPopulation(members), slots, speeds, seeds);
                    }
                }
            }
        }
    }

    private static void row(PrintStream out, SyntheticTask task, int slots, SpeedSpread speeds, int seeds) {
        out.printf(
                "| %s %d/%d %s | %s | %s | %s |%n",
                task.name(),
                task.population(),
                slots,
                speeds.text(),
                outcome(task, DEFAULT, Mode.SYNCHRONOUS, Rules.LATEST, slots, speeds, seeds)
                        .shown(),
                outcome(task, FIRST, Mode.ASYNCHRONOUS, Rules.V1, slots, speeds, seeds)
                        .shown(),
                outcome(task, DEFAULT, Mode.ASYNCHRONOUS, Rules.LATEST, slots, speeds, seeds)
                        .shown());
    }

    private static Outcome outcome(
            SyntheticTask task, Strategy strategy, Mode mode, Rules rules, int slots, SpeedSpread speeds, int seeds) {
        double[] scores = new double[seeds];
        double spent = 0;
        double seconds = 0;
        for (int seed = 0; seed < seeds; seed++) {
            SimulatedCosts costs = speeds.costs(task.population(), seed, slots);
            Simulation.Result result = new Simulation(task, strategy, mode, rules, costs).run(seed);
            scores[seed] = result.best();
            spent += (double) result.steps() / (task.population() * task.steps());
            seconds += result.seconds();
        }
        return new Outcome(new Sample(scores), spent / seeds, seconds / seeds);
    }
}
