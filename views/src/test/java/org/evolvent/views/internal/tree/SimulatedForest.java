package org.evolvent.views.internal.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.lineage.Lineage.Node;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.tasks.internal.simulation.Simulation;

/** The forest of a simulated study, as its log grows. */
final class SimulatedForest implements Forest, StudyListener {
    private static final Map<String, Map<String, ?>> NEEDED = Map.of(
            "non_dominated", Map.of("maximize", List.of("other")),
            "mo_pbt", Map.of("maximize", List.of("other")),
            "mf_pbt", Map.of("periods", List.of(1, 3)),
            "fire", Map.of("period", 3));

    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Integer> parents = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private final Map<Node, Integer> nodes = new HashMap<>();
    private final Map<Integer, Integer> held = new HashMap<>();
    private final Map<Integer, Integer> holders = new HashMap<>();
    private final Set<Integer> failed = new HashSet<>();
    private final Consumer<SimulatedForest> watcher;
    private int best = -1;

    private SimulatedForest(Consumer<SimulatedForest> watcher) {
        this.watcher = watcher;
    }

    /** Simulates a study with half as many slots as members, of unlike speed, in which one in thirty attempts fails. */
    static SimulatedForest of(
            SyntheticTask task, Map<String, ?> strategy, Mode mode, long seed, Consumer<SimulatedForest> watcher) {
        SimulatedCosts costs = new SimulatedCosts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Collections.nCopies(Math.max(1, task.population() / 2), 1.0),
                List.of(1.0, 1.5, 1.2),
                0.03,
                0);
        SimulatedForest forest = new SimulatedForest(watcher);
        new Simulation(task, Catalogue.builtIn().strategy(strategy), mode, costs).run(seed, forest);
        return forest;
    }

    static SimulatedForest of(String task, int members, int intervals, Mode mode, long seed) {
        SyntheticTask scaled = Tasks.named(task).withPopulation(members);
        return of(
                scaled.withIntervalSteps(Math.max(1, scaled.steps() / intervals)), Map.of(), mode, seed, forest -> {});
    }

    /** Returns the options of every strategy and every exploit of the catalogue, and of what decides what a copy takes over. */
    static Map<String, Map<String, ?>> strategies() {
        Map<String, Map<String, ?>> all = new LinkedHashMap<>();
        Catalogue catalogue = Catalogue.builtIn();
        catalogue.exploits().forEach(each -> all.put(each.name(), Map.of("exploit", options(each.name()))));
        catalogue.strategies().forEach(each -> all.put(each.name(), options(each.name())));
        all.put("half", Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.5))));
        all.put("backtrack", Map.of("exploit", Map.of("truncation", Map.of(), "backtrack", true)));
        for (String copy : List.of("weights", "hyperparameters", "nothing")) {
            all.put("copy " + copy, Map.of("copy", copy));
        }
        return all;
    }

    private static Map<String, ?> options(String name) {
        return Map.of(name, NEEDED.getOrDefault(name, Map.of()));
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        for (Event event : events) {
            if (event instanceof Event.IntervalFinished finished) {
                Attempt attempt = finished.attempt();
                int member = attempt.member().index();
                nodes.put(new Node(attempt.member(), attempt.interval()), attempts.size());
                hold(member, attempts.size());
                parents.add(attempt.parent().map(this::node).orElse(-1));
                scores.add(state.get().study().objective().fitness(finished.score()));
                attempts.add(attempt);
            } else if (event instanceof Event.AttemptFailed attempted) {
                failed.add(attempted.attempt().parent().map(this::node).orElse(-1));
            } else if (event instanceof Event.Decided decided
                    && decided.decision() instanceof Decision.Exploit exploit) {
                exploit.weights().ifPresent(from -> hold(decided.member().index(), node(from)));
            }
        }
        best = state.get()
                .population()
                .best()
                .flatMap(ReadyPoint::checkpoint)
                .map(this::node)
                .orElse(-1);
        watcher.accept(this);
    }

    private void hold(int member, int node) {
        holders.merge(node, 1, Integer::sum);
        Integer before = held.put(member, node);
        if (before != null) {
            holders.merge(before, -1, Integer::sum);
        }
    }

    private int node(CheckpointRef ref) {
        return nodes.getOrDefault(new Node(ref.member(), ref.interval()), -1);
    }

    @Override
    public int size() {
        return attempts.size();
    }

    @Override
    public int parent(int node) {
        return parents.get(node);
    }

    @Override
    public int member(int node) {
        return attempts.get(node).member().index();
    }

    @Override
    public long from(int node) {
        return attempts.get(node).stepFrom();
    }

    @Override
    public long to(int node) {
        return attempts.get(node).stepTo();
    }

    @Override
    public boolean lives(int node) {
        return holders.getOrDefault(node, 0) > 0;
    }

    @Override
    public boolean failed(int node) {
        return failed.contains(node);
    }

    @Override
    public double score(int node) {
        return scores.get(node);
    }

    @Override
    public int best() {
        return best;
    }
}
