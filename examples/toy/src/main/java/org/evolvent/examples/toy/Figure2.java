package org.evolvent.examples.toy;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Mode;
import org.evolvent.study.StudyRun;
import org.evolvent.study.spec.Resources;
import org.evolvent.study.spec.StrategySpec;
import org.evolvent.study.spec.StudySpec;

/**
 * The four variants of figure 2 (Jaderberg et al. 2017) over many seeds, as a table in Markdown. Two members, 200 steps each, a ready
 * point every 4 steps, only the weights copied, normal noise of standard deviation 0.1 added to h and clipped at 0.
 */
public final class Figure2 {
    /** A variant of the figure. */
    public enum Variant {
        /** Exploit and explore. */
        PBT,
        /** The weaker member copies the weights of the better one and keeps its h. */
        EXPLOIT_ONLY,
        /** The weaker member keeps its weights and changes its h. */
        EXPLORE_ONLY,
        /** Two fixed points of a grid. */
        GRID;

        private StrategySpec strategy() {
            boolean exploits = this == PBT || this == EXPLOIT_ONLY;
            boolean explores = this == PBT || this == EXPLORE_ONLY;
            return StrategySpec.of(Map.of(
                    "exploit", this == GRID ? "none" : Map.of("truncation", Map.of("fraction", 0.5)),
                    "explore", explores ? Map.of("gaussian", Map.of("sd", 0.1)) : "none",
                    "copy", exploits ? "weights" : "nothing",
                    "compare", "latest"));
        }

        private String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("pbt", "PBT");
        }
    }

    // The upper end is further than 50 steps of noise go.
    private static final SearchSpace SPACE =
            SearchSpace.of(Parameter.of("h0", Reals.linear(0, 10)), Parameter.of("h1", Reals.linear(0, 10)));

    private Figure2() {}

    /**
     * Prints the table.
     *
     * @param arguments the number of seeds; 200 when there is none
     */
    public static void main(String[] arguments) throws InterruptedException {
        int seeds = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        print(seeds, System.out);
    }

    private static void print(int seeds, PrintStream out) throws InterruptedException {
        out.println("| variant | mean of the best Q | standard deviation | lowest | highest |");
        out.println("|---|---|---|---|---|");
        for (Variant variant : Variant.values()) {
            double[] found = new double[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                found[seed] = bestQ(variant, seed);
            }
            double mean = DoubleStream.of(found).average().orElseThrow();
            double variance = DoubleStream.of(found)
                    .map(q -> (q - mean) * (q - mean))
                    .average()
                    .orElseThrow();
            out.printf(
                    Locale.ROOT,
                    "| %s | %.4f | %.4f | %.4f | %.4f |%n",
                    variant.title(),
                    mean,
                    Math.sqrt(variance),
                    DoubleStream.of(found).min().orElseThrow(),
                    DoubleStream.of(found).max().orElseThrow());
        }
    }

    /** Runs a whole study and returns the best Q that any of its members reached. */
    static double bestQ(Variant variant, long seed) throws InterruptedException {
        StudySpec spec = StudySpec.named("figure-2", SPACE, Objective.maximize("Q"), Budget.ofSteps(200), 4)
                .population(2)
                .initial(List.of(h(1, 0), h(0, 1)))
                .strategy(variant.strategy())
                .mode(Mode.SYNCHRONOUS)
                // The two are equal until one of them copies the other all the same, which later rules do not.
                .rules(Rules.V1)
                .resources(Resources.ofSlots(1))
                .seed(seed)
                .build();
        try (StudyRun run = StudyRun.of(spec).trainer(new Surface()).start()) {
            return run.await().best().orElseThrow().score();
        }
    }

    private static Hyperparameters h(double h0, double h1) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("h0", new Value.Real(h0));
        values.put("h1", new Value.Real(h1));
        return Hyperparameters.of(values);
    }
}
