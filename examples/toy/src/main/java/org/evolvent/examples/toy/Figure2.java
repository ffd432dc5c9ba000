package org.evolvent.examples.toy;

import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.evolvent.core.exploit.NoExploit;
import org.evolvent.core.exploit.Truncation;
import org.evolvent.core.explore.GaussianNoise;
import org.evolvent.core.explore.NoExplore;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.runtime.memory.InMemoryCheckpointStore;
import org.evolvent.runtime.memory.InMemoryEventStore;
import org.evolvent.trainer.thread.ThreadExecutor;

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

        private Pbt strategy() {
            Truncation weaker = new Truncation(0.5);
            GaussianNoise noise = new GaussianNoise(0.1);
            return switch (this) {
                case PBT -> new Pbt(weaker, noise, Copied.WEIGHTS);
                case EXPLOIT_ONLY -> new Pbt(weaker, new NoExplore(), Copied.WEIGHTS);
                case EXPLORE_ONLY -> new Pbt(weaker, noise, Copied.NOTHING);
                case GRID -> new Pbt(new NoExploit(), new NoExplore(), Copied.EVERYTHING);
            };
        }

        private String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("pbt", "PBT");
        }
    }

    // The upper end is further than 50 steps of noise go.
    private static final SearchSpace SPACE = new SearchSpace(List.of(
            new Parameter("h0", new Reals(0, 10, Scale.LINEAR), false),
            new Parameter("h1", new Reals(0, 10, Scale.LINEAR), false)));

    private Figure2() {}

    /**
     * Prints the table.
     *
     * @param arguments the number of seeds; 200 when there is none
     */
    public static void main(String[] arguments) {
        int seeds = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        print(seeds, System.out);
    }

    private static void print(int seeds, PrintStream out) {
        out.println("| variant | mean of the best Q | standard deviation | lowest | highest |");
        out.println("|---|---|---|---|---|");
        for (Variant variant : Variant.values()) {
            double[] found = LongStream.range(0, seeds)
                    .mapToDouble(seed -> bestQ(variant, seed))
                    .toArray();
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

    /** Runs a whole study in memory and returns the best Q that any of its members reached. */
    static double bestQ(Variant variant, long seed) {
        Study study = Study.named("figure-2", SPACE, new Objective("Q", Goal.MAXIMIZE), Budget.ofSteps(200), 4)
                .population(2)
                .initial(List.of(h(1, 0), h(0, 1)))
                .strategy(variant.strategy())
                .mode(Mode.SYNCHRONOUS)
                .seed(seed)
                .build();
        try (InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
                InMemoryEventStore events = new InMemoryEventStore();
                ThreadExecutor executor =
                        new ThreadExecutor(new Surface(), checkpoints, 1, study.population(), Clock.systemUTC())) {
            StudyDriver driver = new StudyDriver(
                    study, "figure 2", events, checkpoints, executor, Clock.systemUTC(), new StudyListener() {});
            return driver.run().population().best().orElseThrow().fitness();
        }
    }

    private static Hyperparameters h(double h0, double h1) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("h0", new Value.Real(h0));
        values.put("h1", new Value.Real(h1));
        return Hyperparameters.of(values);
    }
}
