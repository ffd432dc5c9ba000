package org.evolvent.tasks.internal.tables;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.LongStream;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.internal.exploit.Tournament;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.GaussianNoise;
import org.evolvent.core.internal.explore.NoExplore;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.internal.strategy.RandomSchedules;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Mode;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer.Outcome;
import org.evolvent.tasks.internal.PublishedTasks;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Simulation;

/** What independent simulations of PBT have published numbers of, theirs beside ours. */
final class Reproductions {
    private static final Objective SCORE = new Objective("score", Goal.MAXIMIZE);

    private Reproductions() {}

    /** Returns the tables by their names. */
    static Map<String, ObjIntConsumer<PrintStream>> tables() {
        Map<String, ObjIntConsumer<PrintStream>> tables = new LinkedHashMap<>();
        tables.put("figure-2, four protocols", Reproductions::figure2);
        tables.put("coalescence", Reproductions::coalescence);
        tables.put("triangle, by members", Reproductions::triangle);
        tables.put("drift", (out, any) -> drift(out));
        return tables;
    }

    /**
     * What a variant of figure 2 reached.
     *
     * @param scores of the better member, by seed
     * @param steps after which the better member was first above 1.1, by seed; the budget where it never was
     */
    record Figure2(Sample scores, List<Double> steps) {
        double medianStep() {
            return steps.stream().sorted().skip(steps.size() / 2).findFirst().orElseThrow();
        }
    }

    /** Returns the four variants of figure 2 in the order of the paper. */
    static Map<String, Strategy> figure2Variants() {
        Exploit weaker = new Truncation(0.5);
        GaussianNoise noise = new GaussianNoise(0.1);
        Map<String, Strategy> variants = new LinkedHashMap<>();
        variants.put("PBT", new Pbt(weaker, noise, Copied.WEIGHTS));
        variants.put("explore only", new RandomSchedules(noise));
        variants.put("exploit only", new Pbt(weaker, new NoExplore(), Copied.WEIGHTS));
        variants.put("grid", Pbt.randomSearch());
        return variants;
    }

    /** Runs a variant of figure 2, whose members are equal until one of them copies the other all the same. */
    static Figure2 figure2(double rate, long interval, Strategy strategy, int seeds) {
        List<Double> steps = new ArrayList<>();
        double[] scores = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            SyntheticTask task = PublishedTasks.figure2(rate, interval);
            double[] first = {task.steps()};
            SyntheticTask watched = task.withTrainer((attempt, weights) -> stepByStep(task, attempt, weights, first));
            scores[seed] = Simulation.synchronous(watched, strategy)
                    .by(Rules.V1)
                    .run(seed)
                    .score();
            steps.add(first[0]);
        }
        return new Figure2(new Sample(scores), steps);
    }

    private static Outcome stepByStep(
            SyntheticTask task, Attempt attempt, Optional<Object> weights, double[] firstAbove) {
        Outcome outcome = new Outcome(weights.orElse(0), Map.of(), List.of());
        Optional<Object> from = weights;
        for (long step = attempt.stepFrom(); step < attempt.stepTo(); step++) {
            Attempt one = new Attempt(
                    attempt.member(),
                    attempt.interval(),
                    0,
                    step,
                    1,
                    attempt.hyperparameters(),
                    attempt.parent(),
                    attempt.seed());
            outcome = task.trainer().train(one, from);
            from = Optional.of(outcome.weights());
            if (task.objective().fitness(task.objective().scoreOf(outcome.metrics())) > 1.1) {
                firstAbove[0] = StrictMath.min(firstAbove[0], step + 1);
            }
        }
        return outcome;
    }

    private static void figure2(PrintStream out, int seeds) {
        record Row(double rate, long interval, String published) {}
        out.printf(
                Locale.ROOT,
                "%n### Figure 2 under four protocols%n%nMean and standard deviation of the better member, and the median step at which it is above 1.1; %d seeds.%n%n",
                seeds);
        out.println("| rate, interval | | PBT | explore only | exploit only | grid |\n|---|---|---|---|---|---|");
        List<Row> rows = List.of(
                new Row(0.01, 4, "1.180±0.029 (117) | 1.129±0.077 (162) | 1.172 (137) | 0.390"),
                new Row(0.02, 4, "1.199±0.004 (61) | 1.187±0.027 (100) | 1.200 (68) | 0.390"),
                new Row(0.05, 4, "1.200 (25) | 1.200 (57) | 1.200 (26) | 0.390"),
                new Row(0.02, 10, "1.200±0.001 (65) | 1.134±0.088 (144) | 1.200 (70) | 0.390"));
        for (Row row : rows) {
            out.printf("| %s, %s | theirs | %s |%n", row.rate(), row.interval(), row.published());
            out.printf("| | ours |");
            for (Strategy strategy : figure2Variants().values()) {
                Figure2 ours = figure2(row.rate(), row.interval(), strategy, seeds);
                out.printf(
                        Locale.ROOT,
                        " %.3f±%.3f (%.0f) |",
                        ours.scores().mean(),
                        ours.scores().sd(),
                        ours.medianStep());
            }
            out.println();
        }
    }

    /**
     * Returns after how many generations a population first descends from a single one of its first members.
     *
     * @param exploit who copies whom
     * @param members the size of the population
     * @param correlation of a member's fitness with that of its parent, one generation ago
     */
    static int generationsToOneAncestor(Exploit exploit, int members, double correlation, long seed) {
        record Carried(double fitness, int ancestor) {}
        List<Set<Integer>> ancestors = new ArrayList<>();
        SearchSpace space = SearchSpace.of(Parameter.of("unused", Reals.linear(0, 1)));
        SimulatedTrainer trainer = (attempt, start) -> {
            RandomStream random = PublishedTasks.random(attempt);
            Carried before = (Carried) start.orElseGet(
                    () -> new Carried(random.gaussian(), attempt.member().index()));
            double fitness = attempt.interval() == 0
                    ? before.fitness()
                    : correlation * before.fitness()
                            + StrictMath.sqrt(1 - correlation * correlation) * random.gaussian();
            while (ancestors.size() <= attempt.interval()) {
                ancestors.add(new HashSet<>());
            }
            ancestors.get(attempt.interval()).add(before.ancestor());
            return PublishedTasks.scored(new Carried(fitness, before.ancestor()), fitness);
        };
        long generations = 64;
        while (true) {
            ancestors.clear();
            SyntheticTask task = new SyntheticTask(
                    "coalescence", space, SCORE, members, generations, 1, any -> List.of(), 0, 0, trainer);
            new Simulation(
                            task,
                            new Pbt(exploit, new NoExplore(), Copied.EVERYTHING),
                            Mode.SYNCHRONOUS,
                            SimulatedCosts.ofSlots(members))
                    .run(seed);
            for (int generation = 0; generation < ancestors.size(); generation++) {
                if (ancestors.get(generation).size() == 1) {
                    return generation;
                }
            }
            generations *= 4;
        }
    }

    private static void coalescence(PrintStream out, int seeds) {
        out.printf(
                "%n### Generations to one common ancestor%n%nMean of %d seeds; the fitness of parent and child correlates by 0 or by 0.9.%n%n",
                seeds);
        out.println("| members | | fraction 0.2 | fraction 0.25 | tournament |\n|---|---|---|---|---|");
        Map<Integer, String> published = new LinkedHashMap<>();
        published.put(8, "47 / 13 | 19 / 7 | 12 / 7");
        published.put(20, "67 / 15 | 53 / 15 | 34 / 15");
        published.put(40, "137 / 25 | 108 / 26 | 78 / 25");
        published.put(80, "274 / 40 | 217 / 43 | 162 / 42");
        published.forEach((members, theirs) -> {
            out.printf("| %d | theirs | %s |%n| | ours |", members, theirs);
            for (Exploit exploit : List.of(new Truncation(0.2), new Truncation(0.25), new Tournament())) {
                out.printf(
                        Locale.ROOT,
                        " %.0f / %.0f |",
                        meanGenerations(exploit, members, 0, seeds),
                        meanGenerations(exploit, members, 0.9, seeds));
            }
            out.println();
        });
    }

    private static double meanGenerations(Exploit exploit, int members, double correlation, int seeds) {
        return LongStream.range(0, seeds)
                .mapToDouble(seed -> generationsToOneAncestor(exploit, members, correlation, seed))
                .average()
                .orElseThrow();
    }

    /**
     * Ray's operators for the triangle wave: a quarter, 0.8 or 1.2, and a quarter of the values drawn anew.
     *
     * @param evenly whether they are drawn evenly from [10^-4, 0.02] as in Ray's example, or else from the prior, which is log-uniform
     */
    static Strategy ray(boolean evenly) {
        Perturb factors = new Perturb(List.of(0.8, 1.2), 0);
        Explore even = (handover, random) -> random.chance(0.25)
                ? new Exploration(
                        handover.inherited().with("lr", new Value.Real(random.uniform(1e-4, 2e-2))),
                        "It is drawn evenly",
                        Evidence.NONE)
                : factors.explore(handover, random);
        return new Pbt(new Truncation(0.25), evenly ? even : new Perturb(List.of(0.8, 1.2), 0.25), Copied.EVERYTHING);
    }

    private static void triangle(PrintStream out, int seeds) {
        out.printf(
                "%n### Triangle wave by the size of the population%n%nMean of the best member; %d seeds.%n%n", seeds);
        out.println(
                "| members | PBT, theirs | PBT, ours | PBT, ours, drawing evenly | random search, theirs | random search, ours |");
        out.println("|---|---|---|---|---|---|");
        Map<Integer, List<Integer>> published = new LinkedHashMap<>();
        published.put(2, List.of(118, 32));
        published.put(4, List.of(148, 46));
        published.put(8, List.of(182, 58));
        published.put(16, List.of(219, 69));
        published.forEach((members, theirs) -> {
            SyntheticTask task = PublishedTasks.triangle().withPopulation(members);
            Sample pbt = scores(task, ray(false), seeds);
            Sample even = scores(task, ray(true), seeds);
            Sample random = scores(task, Pbt.randomSearch(), seeds);
            out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.0f±%.0f | %.0f±%.0f | %d | %.0f±%.0f |%n",
                    members,
                    theirs.get(0),
                    pbt.mean(),
                    pbt.sd(),
                    even.mean(),
                    even.sd(),
                    theirs.get(1),
                    random.mean(),
                    random.sd());
        });
    }

    static Sample scores(SyntheticTask task, Strategy strategy, int seeds) {
        return new Sample(LongStream.range(0, seeds)
                .mapToDouble(
                        seed -> Simulation.synchronous(task, strategy).run(seed).score())
                .toArray());
    }

    /** Returns the logarithm of the mean factor of a number of perturbations in a row without selection, far from the ends of the domain. */
    static double meanLogFactor(List<Double> factors, int perturbations, int lineages, long seed) {
        SearchSpace space = new SearchSpace(List.of(new Parameter("h", new Reals(1e-100, 1e100, Scale.LOG), false)));
        Perturb perturb = new Perturb(factors, 0);
        RandomStream random = new RandomStream(seed);
        double sum = 0;
        for (int lineage = 0; lineage < lineages; lineage++) {
            Hyperparameters walked = Hyperparameters.of(Map.of("h", new Value.Real(1)));
            for (int i = 0; i < perturbations; i++) {
                walked = perturb.explore(alone(space, walked), random).hyperparameters();
            }
            sum += StrictMath.log(walked.real("h"));
        }
        return sum / lineages;
    }

    private static Handover alone(SearchSpace space, Hyperparameters hyperparameters) {
        Member member = Member.created(new MemberId(0), hyperparameters);
        ReadyPoint point =
                new ReadyPoint(member.id(), 0, 1, new Score.Valid(0), 0, List.of(), hyperparameters, Optional.empty());
        return Handover.alone(space, Population.of(List.of(member)), point);
    }

    private static void drift(PrintStream out) {
        out.printf(
                "%n### Drift without selection%n%nMean logarithm of the factor over 20,000 lineages.%n%n| factors | perturbations | theirs | ours |%n|---|---|---|---|%n");
        out.printf(Locale.ROOT, "| 0.8, 1.2 | 1 | -0.0204 | %.4f |%n", meanLogFactor(List.of(0.8, 1.2), 1, 20_000, 1));
        out.printf(
                Locale.ROOT,
                "| 0.8, 1.2 | 50 | ln 0.36 = -1.02 | %.2f |%n",
                meanLogFactor(List.of(0.8, 1.2), 50, 20_000, 2));
        out.printf(Locale.ROOT, "| 0.8, 1.25 | 50 | 0 | %.2f |%n", meanLogFactor(List.of(0.8, 1.25), 50, 20_000, 3));
    }
}
