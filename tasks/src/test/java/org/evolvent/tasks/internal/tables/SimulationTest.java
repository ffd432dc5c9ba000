package org.evolvent.tasks.internal.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Mode;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.DesignedTasks;
import org.evolvent.tasks.internal.PublishedTasks;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Simulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each strategy should do on each task, with few seeds; the committed table has many. */
class SimulationTest {
    private static final Map<String, ?> RANDOM = Map.of("exploit", "none", "explore", "none");

    @Test
    void figure2() {
        Strategy pbt = Catalogue.builtIn()
                .strategy(Map.of(
                        "exploit",
                        Map.of("truncation", Map.of("fraction", 0.5)),
                        "explore",
                        "gaussian",
                        "copy",
                        "weights"));
        assertThat(mean(PublishedTasks.figure2(), pbt, 20)).isBetween(1.19, 1.2);
        assertThat(mean(PublishedTasks.figure2(), Catalogue.builtIn().strategy(RANDOM), 3))
                .isCloseTo(0.39, within(1e-6));
        Strategy exploring = Catalogue.builtIn()
                .strategy(Map.of(
                        "exploit",
                        Map.of("truncation", Map.of("fraction", 0.5)),
                        "explore",
                        "gaussian",
                        "copy",
                        "nothing"));
        assertThat(mean(PublishedTasks.figure2(), exploring, 20)).isLessThan(1.19);
    }

    @Test
    void greedIsRightOnThePlainToyAndWrongOnTheDeceptiveOne() {
        assertThat(mean(PublishedTasks.plain(), Pbt.standard(), 3)).isBetween(1.199, 1.2);
        assertThat(mean(PublishedTasks.plain(), Catalogue.builtIn().strategy(RANDOM), 3))
                .isLessThan(1.195);
        assertThat(mean(PublishedTasks.deceptive(), Pbt.standard(), 5)).isLessThan(0.955);
        Strategy patient = Catalogue.builtIn().strategy(Map.of("mf_pbt", Map.of("periods", List.of(1, 5, 12, 25))));
        assertThat(mean(PublishedTasks.deceptive(), patient, 3))
                .isGreaterThan(PublishedTasks.deceptive().constant());
    }

    /** By far more than what the best constant reaches, and in every seed above the constant 1 that PBT loses to. */
    @Test
    void evaluatorsSeeThroughTheDeceptiveToy() {
        Strategy fire = Catalogue.builtIn().strategy(Map.of("fire", Map.of("factors", List.of(0.5, 2.0))));
        SyntheticTask task = PublishedTasks.deceptive().withIntervalSteps(2);
        assertThat(mean(task, fire, 5)).isGreaterThan(task.constant());
        for (int seed = 0; seed < 5; seed++) {
            assertThat(Simulation.synchronous(task, fire).run(seed).score()).isGreaterThan(1);
        }
        assertThat(mean(PublishedTasks.plain().withIntervalSteps(2), fire, 2)).isBetween(1.199, 1.2);
    }

    /** What was found of three unordered choices is kept: with the same selection, 0.56 instead of 0.29. */
    @Test
    void mutatingKeepsTheChoicesThatPerturbingThrowsAway() {
        Strategy mutate = Catalogue.builtIn().strategy(Map.of("exploit", "truncation", "explore", "mutate"));
        Strategy perturb = Catalogue.builtIn().strategy(Map.of("exploit", "truncation", "explore", "perturb"));
        assertThat(mean(DesignedTasks.choices(), mutate, 60)).isGreaterThan(0.5);
        assertThat(mean(DesignedTasks.choices(), perturb, 60)).isLessThan(0.35);
    }

    /** Steps alone end on the wide hill; a value in ten that is drawn anew finds the other. */
    @Tag("slow")
    @Test
    void drawingAnewFindsASecondHill() {
        Strategy drawing = Catalogue.builtIn().strategy(Map.of("explore", "mutate"));
        Strategy stepping = Catalogue.builtIn().strategy(Map.of("explore", Map.of("mutate", Map.of("resample", 0.0))));
        assertThat(mean(DesignedTasks.twoHills(), drawing, 60))
                .isGreaterThan(mean(DesignedTasks.twoHills(), stepping, 60) + 0.05);
    }

    @Tag("slow")
    @Test
    void modelsOfTheRewardsBeatPbtWithFewMembers() {
        Map<String, ?> quarter = Map.of("truncation", Map.of("fraction", 0.25));
        Strategy pbt = Catalogue.builtIn().strategy(Map.of("exploit", quarter, "explore", "perturb"));
        Strategy pb2 = Catalogue.builtIn().strategy(Map.of("exploit", quarter, "explore", "pb2"));
        for (SyntheticTask task :
                List.of(DesignedTasks.smooth(), DesignedTasks.smooth().withPopulation(8), DesignedTasks.mixed())) {
            assertThat(mean(task, pb2, 4))
                    .as("%s, %s members", task.name(), task.population())
                    .isGreaterThan(mean(task, pbt, 4) + 0.03);
        }
    }

    @Test
    void frontsSpreadWhereASumGathers() {
        SyntheticTask two = DesignedTasks.twoObjectives();
        Strategy fronts = Catalogue.builtIn().strategy(Map.of("mo_pbt", Map.of("maximize", List.of("other"))));
        double ofFronts = hypervolume(two, fronts);
        assertThat(ofFronts).isGreaterThan(0.85 * DesignedTasks.BEST_OF_16);
        assertThat(ofFronts)
                .isGreaterThan(
                        0.1 + hypervolume(two.withObjective(new Objective("sum", Goal.MAXIMIZE)), Pbt.standard()));
        assertThat(ofFronts).isGreaterThan(0.4 + hypervolume(two, Pbt.standard()));
    }

    private static double hypervolume(SyntheticTask task, Strategy strategy) {
        return IntStream.range(0, 5)
                .mapToDouble(seed -> DesignedTasks.hypervolume(
                        Simulation.synchronous(task, strategy).run(seed).last()))
                .average()
                .orElseThrow();
    }

    /** On these tasks, copying is what helps; whoever only explores, or copies hyperparameters only, ends far below. */
    @Test
    void pbtIsAboveItsAblationsOnTheTriangleWave() {
        Map<String, Map<String, ?>> strategies =
                TaskStrategies.all().get("triangle").strategies();
        double pbt = mean(PublishedTasks.triangle(), Catalogue.builtIn().strategy(strategies.get("PBT")), 10);
        assertThat(pbt).isGreaterThan(PublishedTasks.triangle().optimum());
        for (String ablation : List.of("explore only", "hyperparameters only", "random search")) {
            assertThat(mean(PublishedTasks.triangle(), Catalogue.builtIn().strategy(strategies.get(ablation)), 10))
                    .as(ablation)
                    .isLessThan(PublishedTasks.triangle().constant() + 10);
        }
    }

    @Test
    void testsAndGapsLoseLessToFalseExploits() {
        Map<String, Map<String, ?>> strategies = TaskStrategies.noisy().strategies();
        CopyingTable.FalseExploits truncation = CopyingTable.falseExploits(strategies.get("truncation"), 15);
        for (String careful : List.of("t-test", "truncation, gap of 0.25")) {
            CopyingTable.FalseExploits fewer = CopyingTable.falseExploits(strategies.get(careful), 15);
            assertThat(fewer.lost()).as(careful).isLessThan(truncation.lost());
            assertThat(fewer.wrongPer100()).as(careful).isLessThan(truncation.wrongPer100());
        }
    }

    /** Half of the population where scores are exact, hardly anybody where they are not. */
    @Tag("slow")
    @Test
    void theDefaultSuitsTheNoise() {
        Strategy adaptive = Catalogue.builtIn().strategy(Map.of());
        Strategy fifth = Catalogue.builtIn().strategy(Map.of("exploit", "truncation"));
        Strategy half = Catalogue.builtIn().strategy(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.5))));
        SyntheticTask quiet = DesignedTasks.smooth().withPopulation(8);
        assertThat(mean(quiet, adaptive, 60)).isGreaterThan(mean(quiet, fifth, 60) + 0.05);
        SyntheticTask noisy = DesignedTasks.noisy().withPopulation(8);
        assertThat(mean(noisy, adaptive, 60)).isGreaterThan(mean(noisy, half, 60) + 0.15);
    }

    @Test
    void pbtBeatsRandomSearchWhereTheBestChanges() {
        for (SyntheticTask task : List.of(
                PublishedTasks.triangle(), DesignedTasks.stepwise(), DesignedTasks.smooth(), DesignedTasks.mixed())) {
            assertThat(mean(task, Pbt.standard(), 5))
                    .as(task.name())
                    .isGreaterThan(mean(task, Catalogue.builtIn().strategy(RANDOM), 5) + 0.1);
        }
    }

    @Test
    void theTTestMakesFewerWrongCopies() {
        assertThat(wrongShare(Map.of("exploit", "welch")))
                .isLessThan(wrongShare(Map.of("exploit", "tournament")) - 0.05);
    }

    private static double wrongShare(Map<String, ?> options) {
        Strategy strategy = Catalogue.builtIn().strategy(options);
        long copies = 0;
        long wrong = 0;
        for (int seed = 0; seed < 10; seed++) {
            Simulation.Result result =
                    Simulation.synchronous(DesignedTasks.noisy(), strategy).run(seed);
            copies += result.copies();
            wrong += result.wrongCopies();
        }
        return (double) wrong / copies;
    }

    @Test
    void theSameSeedGivesTheSameStudy() {
        Simulation simulation = Simulation.synchronous(PublishedTasks.triangle(), Pbt.standard());
        assertThat(simulation.run(7)).isEqualTo(simulation.run(7));
        assertThat(simulation.run(7)).isNotEqualTo(simulation.run(8));
    }

    /** 16 members of 50 intervals on 4 slots: 200 rounds of 8 seconds and 2 for saving, and slots that never rest. */
    @Test
    void timeAddsUp() {
        SimulatedCosts costs = new SimulatedCosts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Collections.nCopies(4, 1.0),
                List.of(1.0),
                0,
                1000);
        Simulation.Result result =
                new Simulation(DesignedTasks.stepwise(), Pbt.randomSearch(), Mode.ASYNCHRONOUS, costs).run(1);
        assertThat(result.seconds()).isCloseTo(50 * 16 / 4 * 10, within(1e-6));
        assertThat(result.utilisation()).isCloseTo(1, within(1e-9));
        assertThat(result.mostBytes()).isBetween(16_000L, 1_000_000L);
    }

    @Test
    void failuresCostTimeAndNothingElse() {
        SimulatedCosts costs = new SimulatedCosts(
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                Collections.nCopies(16, 1.0),
                List.of(1.0),
                0.05,
                0);
        Simulation.Result result =
                new Simulation(DesignedTasks.stepwise(), Pbt.standard(), Mode.ASYNCHRONOUS, costs).run(1);
        assertThat(result.score()).isGreaterThan(0.8);
        assertThat(result.last()).hasSize(16);
    }

    private static double mean(SyntheticTask task, Strategy strategy, int seeds) {
        return IntStream.range(0, seeds)
                .mapToDouble(
                        seed -> Simulation.synchronous(task, strategy).run(seed).score())
                .average()
                .orElseThrow();
    }
}
