package org.evolvent.examples.digits;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.runtime.memory.InMemoryCheckpointStore;
import org.evolvent.runtime.memory.InMemoryEventStore;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.thread.ThreadExecutor;

/**
 * Measures Population Based Training against random search on the digits, seed by seed, and prints a table in Markdown.
 *
 * <p>Both searches have the same members at the start, the same seeds for their trainers and the same steps; random search lacks exploit
 * and explore. Each answers with the weights whose validation accuracy was the best at any ready point, and what is compared is the test
 * accuracy of these weights, which neither has seen.
 *
 * <p>Arguments: the first seed (default 0), the number of seeds (default 10, from 2 to 31), the mode (default synchronous: the same
 * command then gives the same table on any number of slots), the slots (default 2).
 */
public final class Compare {
    private final TrainerFactory trainers = new DigitsTrainerFactory();
    private final Mode mode;
    private final int slots;

    /** The accuracies of the weights that a search answers with. */
    private record Answer(double validation, double test) {}

    private Compare(Mode mode, int slots) {
        this.mode = mode;
        this.slots = slots;
    }

    /** Runs the studies one after another. */
    public static void main(String[] arguments) {
        long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 0;
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        Mode mode = arguments.length > 2 ? Mode.valueOf(arguments[2].toUpperCase(Locale.ROOT)) : Mode.SYNCHRONOUS;
        int slots = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
        new Compare(mode, slots).run(first, seeds);
    }

    private void run(long firstSeed, int seeds) {
        PairedDifference.checkCount(seeds); // Before the minutes of work, not after them.
        double[] differences = new double[seeds];
        double pbtSum = 0;
        double randomSum = 0;
        print(
                "| seed | PBT: validation | PBT: test | random search: validation | random search: test | difference (test) |");
        print("|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < seeds; i++) {
            Answer pbt = search(Pbt.standard(), firstSeed + i);
            Answer random = search(Pbt.randomSearch(), firstSeed + i);
            differences[i] = pbt.test - random.test;
            pbtSum += pbt.test;
            randomSum += random.test;
            print(
                    "| %d | %.2f | %.2f | %.2f | %.2f | %+.2f |",
                    firstSeed + i,
                    100 * pbt.validation,
                    100 * pbt.test,
                    100 * random.validation,
                    100 * random.test,
                    100 * differences[i]);
        }
        PairedDifference difference = PairedDifference.of(differences);
        print(
                "| mean | | %.2f | | %.2f | %+.2f |",
                100 * pbtSum / seeds, 100 * randomSum / seeds, 100 * difference.mean());
        print("");
        print(
                "95 %% confidence interval of the mean difference (Student's t, %d seeds): [%+.2f, %+.2f] percentage points.",
                seeds, 100 * difference.low(), 100 * difference.high());
    }

    private Answer search(Strategy strategy, long seed) {
        InMemoryEventStore events = new InMemoryEventStore();
        InstantSource clock = InstantSource.system();
        try (InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
                ThreadExecutor executor =
                        new ThreadExecutor(trainers, checkpoints, slots, DigitsStudy.POPULATION, clock)) {
            StudyState end = new StudyDriver(
                            DigitsStudy.of(strategy, mode, seed),
                            "",
                            events,
                            checkpoints,
                            executor,
                            clock,
                            new StudyListener() {})
                    .run();
            Map<String, Double> metrics =
                    metrics(events, end.population().best().orElseThrow());
            return new Answer(metric(metrics, "accuracy"), metric(metrics, "test_accuracy"));
        }
    }

    private static Map<String, Double> metrics(InMemoryEventStore events, ReadyPoint point) {
        return events.events().stream()
                .filter(Event.IntervalFinished.class::isInstance)
                .map(Event.IntervalFinished.class::cast)
                .filter(finished -> finished.attempt().member().equals(point.member())
                        && finished.attempt().interval() == point.interval())
                .findFirst()
                .orElseThrow()
                .metrics();
    }

    private static double metric(Map<String, Double> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name), name);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
