package org.evolvent.tasks.internal.tables;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.tasks.internal.simulation.Simulation;

/** Runs strategies on synthetic tasks over many seeds and prints a table in Markdown: what {@code tasks/RESULTS.md} holds. */
public final class Scoreboard {
    private Scoreboard() {}

    /**
     * Prints the tables.
     *
     * @param arguments the number of seeds (200 when there is none), then names of tasks (all when there are none)
     */
    public static void main(String[] arguments) {
        int seeds = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        List<String> wanted = List.of(arguments).subList(StrictMath.min(1, arguments.length), arguments.length);
        TaskStrategies.all().forEach((name, protocol) -> {
            if (wanted.isEmpty() || wanted.contains(name)) {
                print(name, protocol, seeds, System.out);
            }
        });
    }

    private static void print(String name, TaskStrategies.Protocol protocol, int seeds, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n### %s%n%nOptimum %s, best constant %s; %d members, %d steps, interval %d, %d seeds.%n%n",
                name,
                known(protocol.task().optimum()),
                known(protocol.task().constant()),
                protocol.task().population(),
                protocol.task().steps(),
                protocol.task().intervalSteps(),
                seeds);
        out.println("| strategy | mean | 95 % interval | IQM | sd | wrong copies per 100 |");
        out.println("|---|---|---|---|---|---|");
        protocol.strategies().forEach((strategyName, options) -> {
            Strategy strategy = Catalogue.builtIn().strategy(options);
            List<Simulation.Result> results = IntStream.range(0, seeds)
                    .mapToObj(seed -> protocol.simulation()
                            .apply(Simulation.synchronous(protocol.task(), strategy))
                            .run(seed))
                    .toList();
            double[] scores = results.stream().mapToDouble(protocol.measure()).toArray();
            Sample sample = new Sample(scores);
            long copies = results.stream().mapToLong(Simulation.Result::copies).sum();
            long wrong =
                    results.stream().mapToLong(Simulation.Result::wrongCopies).sum();
            Sample.Interval interval = sample.bootstrapMean(2000, 1);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.4f | %.4f to %.4f | %.4f | %.4f | %.1f |%n",
                    strategyName,
                    sample.mean(),
                    interval.low(),
                    interval.high(),
                    sample.interquartileMean(),
                    sample.sd(),
                    copies == 0 ? 0 : 100.0 * wrong / copies);
        });
    }

    private static String known(double value) {
        return Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, "%.4f", value);
    }
}
