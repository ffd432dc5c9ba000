package org.evolvent.tasks.internal.tables;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.tasks.internal.simulation.Simulation;

/** Strategies on synthetic tasks over many seeds. */
final class Scoreboard {
    /** Those that train thousands of intervals or fit a model at each of them have a quarter of the seeds. */
    private static final Set<String> SLOW =
            Set.of("plain, FIRE", "deceptive, FIRE", "smooth, 4 members", "smooth, 8 members", "mixed", "two-hills");

    private Scoreboard() {}

    /** Returns the tables by the names of their tasks. */
    static Map<String, ObjIntConsumer<PrintStream>> tables() {
        Map<String, ObjIntConsumer<PrintStream>> tables = new LinkedHashMap<>();
        TaskStrategies.all()
                .forEach((name, protocol) -> tables.put(name, (out, seeds) -> {
                    print(name, protocol, SLOW.contains(name) ? (seeds + 3) / 4 : seeds, out);
                }));
        return tables;
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
