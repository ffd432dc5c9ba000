package org.evolvent.examples.digits;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.evolvent.core.study.Mode;
import org.evolvent.study.SpecReader;
import org.evolvent.study.StudyRun;
import org.evolvent.study.spec.Resources;
import org.evolvent.study.spec.StrategySpec;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.TrainerFactory;

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
    private final StudySpec study;

    /** The accuracies of the weights that a search answers with. */
    private record Answer(double validation, double test) {}

    private Compare(StudySpec study) {
        this.study = study;
    }

    /** Runs the studies one after another. */
    public static void main(String[] arguments) throws InterruptedException {
        long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 0;
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        Mode mode = arguments.length > 2 ? Mode.valueOf(arguments[2].toUpperCase(Locale.ROOT)) : Mode.SYNCHRONOUS;
        int slots = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
        StudySpec file = SpecReader.read(Path.of("examples/digits/study.yaml"));
        StudySpec study = file.toBuilder()
                .trainer(new TrainerSpec.Embedded(file.trainer().directory()))
                .mode(mode)
                .resources(Resources.ofSlots(slots))
                .build();
        new Compare(study).run(first, seeds);
    }

    private void run(long firstSeed, int seeds) throws InterruptedException {
        PairedDifference.checkCount(seeds); // Before the minutes of work, not after them.
        double[] differences = new double[seeds];
        double pbtSum = 0;
        double randomSum = 0;
        print(
                "| seed | PBT: validation | PBT: test | random search: validation | random search: test | difference (test) |");
        print("|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < seeds; i++) {
            Answer pbt = search(study.strategy(), firstSeed + i);
            Answer random = search(StrategySpec.of(Map.of("random_search", Map.of())), firstSeed + i);
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

    private Answer search(StrategySpec strategy, long seed) throws InterruptedException {
        StudySpec one = study.toBuilder().strategy(strategy).seed(seed).build();
        try (StudyRun run = StudyRun.of(one).trainer(trainers).start()) {
            Map<String, Double> metrics = run.await().best().orElseThrow().metrics();
            return new Answer(metric(metrics, "accuracy"), metric(metrics, "test_accuracy"));
        }
    }

    private static double metric(Map<String, Double> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name), name);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
