package org.evolvent.tasks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.study.Mode;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.simulation.Simulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No weights train past the budget, whatever the task, the mode and the strategy. */
class BudgetTest {
    private static final int INTERVALS = 7;

    static Iterable<String> tasks() {
        return Tasks.names();
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("tasks")
    void noWeightsTrainPastIt(String name) {
        // An interval that the budget is no multiple of.
        SyntheticTask task = Tasks.named(name);
        SyntheticTask coarse =
                task.withIntervalSteps(task.steps() / INTERVALS + 1).withPopulation(Math.min(8, task.population()));
        AllStrategies.options().forEach((strategy, options) -> {
            for (Mode mode : Mode.values()) {
                check(coarse, strategy, options, mode);
            }
        });
    }

    private static void check(SyntheticTask task, String strategy, Map<String, ?> options, Mode mode) {
        AtomicLong furthest = new AtomicLong();
        SyntheticTask watched = task.withTrainer((attempt, weights) -> {
            furthest.accumulateAndGet(attempt.stepTo(), Math::max);
            return task.trainer().train(attempt, weights);
        });
        SimulatedCosts equal = SimulatedCosts.ofSlots(3);
        // Some are ahead, and others copy them.
        SimulatedCosts costs = new SimulatedCosts(
                equal.step(), equal.save(), equal.restore(), equal.speeds(), List.of(4.0, 1.0, 2.0), 0, 0);
        Simulation.Result result =
                new Simulation(watched, Catalogue.builtIn().strategy(options), mode, costs).run(strategy.hashCode());
        assertThat(furthest.get()).as("%s %s %s", task.name(), strategy, mode).isEqualTo(task.steps());
        assertThat(result.steps())
                .as("%s %s %s", task.name(), strategy, mode)
                .isLessThanOrEqualTo(task.steps() * task.population());
    }
}
