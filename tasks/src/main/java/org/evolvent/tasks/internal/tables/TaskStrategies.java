package org.evolvent.tasks.internal.tables;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.study.Mode;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.DesignedTasks;
import org.evolvent.tasks.internal.PublishedTasks;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Simulation;

/** Which strategies run on which task, as options of a study file. */
final class TaskStrategies {
    /**
     * One table.
     *
     * @param task the task
     * @param strategies the options of each strategy by its name
     * @param simulation changes how the studies run
     * @param measure what a study is judged by
     */
    record Protocol(
            SyntheticTask task,
            Map<String, Map<String, ?>> strategies,
            UnaryOperator<Simulation> simulation,
            ToDoubleFunction<Simulation.Result> measure) {}

    private static final String DEFAULT = "the default";
    private static final Map<String, ?> RANDOM = Map.of("exploit", "none", "explore", "none");
    // PBT-Zoo's: a quarter, doubled or halved.
    private static final Map<String, ?> ZOO = Map.of("truncation", Map.of("fraction", 0.25));
    private static final Map<String, ?> DOUBLED =
            Map.of("perturb", Map.of("factors", List.of(0.5, 2.0)), "resample", 0);

    private TaskStrategies() {}

    /** Returns every table by its name. */
    static Map<String, Protocol> all() {
        Map<String, Protocol> all = new LinkedHashMap<>();
        all.put("figure-2", figure2());
        all.put("plain", zoo(PublishedTasks.plain()));
        all.put("deceptive", zoo(PublishedTasks.deceptive()));
        // FIRE needs 10 points of a curve between two selections.
        all.put("plain, FIRE", fire(PublishedTasks.plain().withIntervalSteps(2)));
        all.put("deceptive, FIRE", fire(PublishedTasks.deceptive().withIntervalSteps(2)));
        // Ray's: a quarter, 0.8 or 1.2, a quarter of the values drawn anew.
        all.put("triangle", ablations(PublishedTasks.triangle(), 0.25, List.of(0.8, 1.2)));
        all.put("stepwise", ablations(DesignedTasks.stepwise(), 0.2, List.of(0.8, 1.25)));
        all.put("choices", exploits(DesignedTasks.choices()));
        all.put("two-hills", exploits(DesignedTasks.twoHills()));
        all.put("sparse", exploits(DesignedTasks.sparse()));
        all.put("noisy", noisy());
        all.put("speeds", speeds());
        all.put("smooth, 4 members", bandits(DesignedTasks.smooth()));
        all.put("smooth, 8 members", bandits(DesignedTasks.smooth().withPopulation(8)));
        all.put("mixed", bandits(DesignedTasks.mixed()));
        SyntheticTask two = DesignedTasks.twoObjectives();
        all.put("two objectives, hypervolume", front(two));
        all.put(
                "two objectives, hypervolume, by the sum",
                front(two.withObjective(new Objective("sum", Goal.MAXIMIZE))));
        return all;
    }

    private static Protocol figure2() {
        Map<String, ?> weaker = Map.of("truncation", Map.of("fraction", 0.5));
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        strategies.put("PBT", Map.of("exploit", weaker, "explore", "gaussian", "copy", "weights"));
        strategies.put("exploit only", Map.of("exploit", weaker, "explore", "none", "copy", "weights"));
        strategies.put("explore only", Map.of("exploit", weaker, "explore", "gaussian", "copy", "nothing"));
        strategies.put("grid", RANDOM);
        return protocol(PublishedTasks.figure2(), strategies);
    }

    private static Protocol zoo(SyntheticTask task) {
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        strategies.put("PBT", Map.of("exploit", ZOO, "explore", DOUBLED));
        strategies.put(DEFAULT, Map.of());
        strategies.put("MF-PBT", Map.of("mf_pbt", Map.of("periods", List.of(1, 5, 12, 25))));
        strategies.put("IPBT", Map.of("ipbt", Map.of("fraction", 0.25, "factors", List.of(0.5, 2.0))));
        strategies.put("random search", RANDOM);
        return protocol(task, strategies);
    }

    private static Protocol fire(SyntheticTask task) {
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        strategies.put("FIRE", Map.of("fire", Map.of("factors", List.of(0.5, 2.0))));
        strategies.put("MF-PBT", Map.of("mf_pbt", Map.of("periods", List.of(10, 50, 120, 250))));
        return protocol(task, strategies);
    }

    private static Protocol ablations(SyntheticTask task, double fraction, List<Double> factors) {
        Map<String, ?> exploit = Map.of("truncation", Map.of("fraction", fraction));
        Map<String, ?> explore = Map.of("perturb", Map.of("factors", factors), "resample", 0.25);
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        strategies.put(DEFAULT, Map.of());
        strategies.put("PBT", Map.of("exploit", exploit, "explore", explore));
        if (fraction > 0.2) {
            strategies.put("PBT, a fifth", Map.of("exploit", "truncation", "explore", explore));
        }
        strategies.put("tournament", Map.of("exploit", "tournament", "explore", explore));
        strategies.put("exploit only", Map.of("exploit", exploit, "explore", "none"));
        strategies.put("explore only", Map.of("exploit", exploit, "explore", explore, "copy", "nothing"));
        strategies.put("weights only", Map.of("exploit", exploit, "explore", explore, "copy", "weights"));
        strategies.put(
                "hyperparameters only", Map.of("exploit", exploit, "explore", explore, "copy", "hyperparameters"));
        strategies.put(
                "shift by levels", Map.of("exploit", exploit, "explore", Map.of("shift", Map.of(), "resample", 0.2)));
        strategies.put(
                "pairwise learning",
                Map.of("exploit", exploit, "explore", Map.of("pairwise", Map.of(), "resample", 0.25)));
        strategies.put("IPBT", Map.of("ipbt", Map.of("fraction", fraction, "factors", factors)));
        strategies.put("random search", RANDOM);
        return protocol(task, strategies);
    }

    /** What selects how strongly, and who explores how, with the operators' defaults. */
    private static Protocol exploits(SyntheticTask task) {
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        strategies.put(DEFAULT, Map.of());
        for (double fraction : new double[] {0.2, 0.25, 0.5}) {
            strategies.put(
                    "truncation, " + fraction,
                    Map.of("exploit", Map.of("truncation", Map.of("fraction", fraction)), "explore", "mutate"));
        }
        strategies.put("tournament", Map.of("exploit", "tournament", "explore", "mutate"));
        strategies.put("perturb", Map.of("exploit", "truncation", "explore", "perturb"));
        strategies.put("PB2-Mix", Map.of("exploit", "truncation", "explore", "pb2"));
        strategies.put("random search", RANDOM);
        return protocol(task, strategies);
    }

    /** One population for each way to weigh two objectives. */
    private static Protocol front(SyntheticTask task) {
        Map<String, ?> quarter = Map.of("truncation", Map.of("fraction", 0.25));
        Map<String, ?> shift = Map.of("shift", Map.of(), "resample", 0.2);
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        if (task.objective().metric().equals("score")) {
            strategies.put("MO-PBT", Map.of("mo_pbt", Map.of("maximize", List.of("other"))));
            strategies.put("PBT of the score", Map.of("exploit", quarter, "explore", shift));
            strategies.put("random search", RANDOM);
        } else {
            strategies.put("PBT of the sum", Map.of("exploit", quarter, "explore", shift));
        }
        return new Protocol(
                task, strategies, simulation -> simulation, result -> DesignedTasks.hypervolume(result.last()));
    }

    private static Protocol bandits(SyntheticTask task) {
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        Map<String, ?> quarter = Map.of("truncation", Map.of("fraction", 0.25));
        strategies.put(DEFAULT, Map.of());
        strategies.put("PBT", Map.of("exploit", quarter, "explore", "perturb"));
        strategies.put(
                "pairwise learning",
                Map.of("exploit", quarter, "explore", Map.of("pairwise", Map.of(), "resample", 0.25)));
        strategies.put("PB2-Mix", Map.of("exploit", quarter, "explore", "pb2"));
        strategies.put(
                "BG-PBT",
                Map.of(
                        "exploit",
                        Map.of("truncation", Map.of("fraction", 0.125), "backtrack", true),
                        "explore",
                        "trust_region"));
        strategies.put("trust region", Map.of("exploit", quarter, "explore", "trust_region"));
        if (task.name().equals("mixed")) {
            strategies.put(
                    "PB2-Mult", Map.of("exploit", quarter, "explore", Map.of("pb2", Map.of("categories", "separate"))));
            strategies.put(
                    "PB2-Rand", Map.of("exploit", quarter, "explore", Map.of("pb2", Map.of("categories", "random"))));
        }
        strategies.put("random search", RANDOM);
        return protocol(task, strategies);
    }

    /** Every other member is 10 times as fast, and nobody waits. */
    static Protocol speeds() {
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        strategies.put(DEFAULT, Map.of());
        strategies.put("PBT, latest scores", Map.of("compare", "latest"));
        strategies.put("PBT, equal progress", Map.of("compare", "equal_progress"));
        strategies.put("random search", RANDOM);
        SyntheticTask task = DesignedTasks.speeds();
        SimulatedCosts equal = SimulatedCosts.ofSlots(task.population());
        SimulatedCosts unequal = new SimulatedCosts(
                equal.step(), equal.save(), equal.restore(), equal.speeds(), List.of(10.0, 1.0), 0, 0);
        return new Protocol(
                task,
                strategies,
                simulation -> new Simulation(simulation.task(), simulation.strategy(), Mode.ASYNCHRONOUS, unequal),
                Simulation.Result::score);
    }

    /** Members whose scores are noisy: who copies the lucky, and who tests. */
    static Protocol noisy() {
        Map<String, Map<String, ?>> strategies = new LinkedHashMap<>();
        strategies.put(DEFAULT, Map.of());
        strategies.put("truncation", Map.of("exploit", "truncation"));
        strategies.put("tournament", Map.of("exploit", "tournament"));
        strategies.put("t-test", Map.of("exploit", "welch"));
        strategies.put(
                "truncation, gap of 0.25",
                Map.of("exploit", Map.of("truncation", Map.of(), "gap", Map.of("absolute", 0.25))));
        strategies.put(
                "truncation, gap of 2.5 sd",
                Map.of("exploit", Map.of("truncation", Map.of(), "gap", Map.of("deviations", 2.5))));
        strategies.put(
                "tournament, gap of 1 sd",
                Map.of("exploit", Map.of("tournament", Map.of(), "gap", Map.of("deviations", 1.0))));
        strategies.put("random search", RANDOM);
        return protocol(DesignedTasks.noisy(), strategies);
    }

    private static Protocol protocol(SyntheticTask task, Map<String, Map<String, ?>> strategies) {
        return new Protocol(task, strategies, simulation -> simulation, Simulation.Result::score);
    }
}
