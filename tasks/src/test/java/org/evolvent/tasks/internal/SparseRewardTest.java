package org.evolvent.tasks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.study.Mode;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.simulation.Simulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the reward has to be found first, copying is not worse than not to copy. */
@Tag("slow")
class SparseRewardTest {
    private static final int SEEDS = 60;

    /**
     * Whoever changes hyperparameters at every interval, or starts again where no score rises, loses what is about to be found; FIRE's
     * evaluators do not search; the task has one objective. Models explore after copies as all do, at a hundred times the cost.
     */
    private static final Set<String> OTHERS = Set.of(
            "random_schedules", "ipbt", "fire", "non_dominated", "mo_pbt", "pb2 explore", "trust_region explore");

    @ParameterizedTest
    @EnumSource(Mode.class)
    void noStrategyIsWorseThanWithoutCopies(Mode mode) {
        List<String> worse = new ArrayList<>();
        double[] random = scores(Map.of("exploit", "none", "explore", "none"), mode);
        AllStrategies.options().forEach((name, options) -> {
            if (OTHERS.contains(name)) {
                return;
            }
            double[] scores = scores(options, mode);
            double sum = 0;
            double squares = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                double difference = scores[seed] - random[seed];
                sum += difference;
                squares += difference * difference;
            }
            double gain = sum / SEEDS;
            double error = Math.sqrt(Math.max(0, squares / SEEDS - gain * gain) / (SEEDS - 1));
            if (gain < -2 * error - 1e-12) {
                worse.add("%s: %.3f +- %.3f".formatted(name, gain, error));
            }
        });
        assertThat(worse).as(mode.toString()).isEmpty();
    }

    private static double[] scores(Map<String, ?> options, Mode mode) {
        SyntheticTask task = DesignedTasks.sparse();
        SimulatedCosts costs =
                SimulatedCosts.ofSlots(mode == Mode.SYNCHRONOUS ? task.population() : task.population() / 2);
        double[] scores = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            scores[seed] = new Simulation(task, Catalogue.builtIn().strategy(options), mode, costs)
                    .run(seed)
                    .best();
        }
        return scores;
    }
}
