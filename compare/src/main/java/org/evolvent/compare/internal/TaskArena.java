package org.evolvent.compare.internal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.tasks.internal.simulation.Simulation;

/**
 * Synthetic tasks in simulated time, in which a training step takes a second and nothing else costs anything. Studies are synchronous,
 * and nothing is kept: the same seed gives the same study again.
 */
public final class TaskArena implements Arena {
    private final SyntheticTask task;
    private final OptionalInt slots;
    private final ComparisonSettings terms;
    private volatile boolean stopped;

    /**
     * Creates an arena.
     *
     * @param name one of {@link Tasks#names}
     * @param settings {@code population} and {@code interval.steps} of the task
     * @param slots of a study; empty for one for each member
     * @param metric what is reported; empty for the objective
     * @throws CompareException when there is no such task or setting
     */
    public TaskArena(String name, List<Setting> settings, OptionalInt slots, Optional<String> metric) {
        this.task = set(named(name), settings);
        this.slots = slots;
        this.terms = new ComparisonSettings(
                task.name(),
                metric.orElse(task.objective().metric()),
                task.objective().goal(),
                task.population(),
                task.steps(),
                task.intervalSteps(),
                "simulated, %s, a second for each step"
                        .formatted(slots.isPresent() ? "slots: " + slots.getAsInt() : "a slot for each member"),
                List.of());
    }

    private static SyntheticTask named(String name) {
        try {
            return Tasks.named(name);
        } catch (IllegalArgumentException e) {
            throw new CompareException("--task: " + e.getMessage());
        }
    }

    private static SyntheticTask set(SyntheticTask task, List<Setting> settings) {
        SyntheticTask set = task;
        for (Setting setting : settings) {
            switch (setting.path()) {
                case "population" -> set = set.withPopulation((int) whole(setting, 2, 1_000_000));
                case "interval.steps" -> set = set.withIntervalSteps(whole(setting, 1, task.steps()));
                default ->
                    throw new CompareException("%s: a task has no '%s' to set, only population and interval.steps"
                            .formatted(setting.option(), setting.path()));
            }
        }
        return set;
    }

    private static long whole(Setting setting, long low, long high) {
        if (setting.value().matches("\\d{1,18}")) {
            long value = Long.parseLong(setting.value());
            if (value >= low && value <= high) {
                return value;
            }
        }
        throw new CompareException("%s: %s is %s but must be a whole number from %s to %s"
                .formatted(setting.option(), setting.path(), setting.value(), low, high));
    }

    @Override
    public ComparisonSettings terms() {
        return terms;
    }

    @Override
    public Trace run(Contender contender, Stage stage, long seed) {
        if (stopped) {
            throw new InterruptedStudy();
        }
        Strategy strategy = contender.strategy();
        SyntheticTask sized = task.withPopulation(terms.members(strategy));
        Trace.Reader reader = new Trace.Reader(task.objective(), terms.metric());
        new Simulation(
                        sized,
                        strategy,
                        Mode.SYNCHRONOUS,
                        SimulatedCosts.ofSlots(Math.min(slots.orElse(task.population()), sized.population())))
                .run(seed, new StudyListener() {
                    @Override
                    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                        events.forEach(reader);
                    }
                });
        return reader.trace();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
