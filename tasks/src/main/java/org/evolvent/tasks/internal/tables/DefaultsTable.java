package org.evolvent.tasks.internal.tables;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Mode;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.DesignedTasks;
import org.evolvent.tasks.internal.PublishedTasks;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Simulation;

/** The default strategy beside what it chooses from, from small populations to large ones, in both modes. */
final class DefaultsTable {
    private static final String MODEL = "PB2";
    private static final int MODEL_SEEDS = 10;

    private record Row(SyntheticTask task, Mode mode) {}

    private DefaultsTable() {}

    private static Map<String, Map<String, ?>> strategies() {
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        strategies.put("the default", Map.of());
        for (double fraction : new double[] {0.2, 0.25, 0.5}) {
            strategies.put(
                    Double.toString(fraction),
                    Map.of("exploit", Map.of("truncation", Map.of("fraction", fraction)), "explore", "mutate"));
        }
        strategies.put("tournament", Map.of("exploit", "tournament", "explore", "mutate"));
        strategies.put(MODEL, Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.25)), "explore", "pb2"));
        strategies.put("random search", Map.of("exploit", "none", "explore", "none"));
        return strategies;
    }

    /** Prints the table; each row is a task, a number of members and a mode. */
    static void print(PrintStream out, int seeds) {
        Map<String, Map<String, ?>> strategies = strategies();
        out.printf(
                "%n### The default beside others%n%nTrue score of the best model that there ever was, mean of %d seeds and 95 %% of the mean; a slot for each member. Truncation by its fraction, it and the tournament with `mutate`. PB2, with a fraction of 0.25, of at most %d seeds, and of 32 members not at all: its models take long.%n%n",
                seeds, MODEL_SEEDS);
        out.printf("| task, members, mode | %s |%n", String.join(" | ", strategies.keySet()));
        out.println("|---" + "|---".repeat(strategies.size()) + "|");
        rows().parallelStream()
                .map(row -> line(row, strategies, seeds))
                .toList()
                .forEach(out::println);
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (SyntheticTask task : List.of(
                PublishedTasks.plain(),
                PublishedTasks.deceptive(),
                PublishedTasks.triangle(),
                DesignedTasks.smooth(),
                DesignedTasks.mixed(),
                DesignedTasks.choices(),
                DesignedTasks.twoHills(),
                DesignedTasks.stepwise(),
                DesignedTasks.noisy())) {
            for (int members : new int[] {4, 8, 16, 32}) {
                for (Mode mode : List.of(Mode.SYNCHRONOUS, Mode.ASYNCHRONOUS)) {
                    rows.add(new Row(task.withPopulation(members), mode));
                }
            }
        }
        return rows;
    }

    private static String line(Row row, Map<String, Map<String, ?>> strategies, int seeds) {
        SyntheticTask task = row.task();
        StringBuilder line = new StringBuilder("| %s %d %s |"
                .formatted(task.name(), task.population(), row.mode() == Mode.SYNCHRONOUS ? "sync" : "async"));
        strategies.forEach((name, options) -> {
            boolean isModel = name.equals(MODEL);
            line.append(
                    isModel && task.population() > 16
                            ? ""
                            : cell(row, options, isModel ? StrictMath.min(seeds, MODEL_SEEDS) : seeds));
            line.append(" |");
        });
        return line.toString();
    }

    private static String cell(Row row, Map<String, ?> options, int seeds) {
        Strategy strategy = Catalogue.builtIn().strategy(options);
        SimulatedCosts costs = SimulatedCosts.ofSlots(row.task().population());
        Simulation simulation = new Simulation(row.task(), strategy, row.mode(), costs);
        Sample scores = new Sample(LongStream.range(0, seeds)
                .mapToDouble(seed -> simulation.run(seed).best())
                .toArray());
        return String.format(
                Locale.ROOT, " %.3f ± %.3f", scores.mean(), 1.96 * scores.sd() / StrictMath.sqrt(scores.size()));
    }
}
