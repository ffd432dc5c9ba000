package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.tasks.internal.simulation.Forecast;
import org.evolvent.tasks.internal.simulation.SpeedSpread;

/**
 * Synthetic tasks in simulated time, in which a training step of a member of speed 1 takes a second and nothing else costs anything. Nothing
 * is kept: the same seed gives the same study again.
 */
public final class TaskArena implements Arena {
    private static final Set<String> SETTABLE = Set.of(
            "population",
            "interval.steps",
            "burn_in.steps",
            "budget.steps",
            "budget.target",
            "rules",
            "execution.mode",
            "execution.slots");

    private final SyntheticTask task;
    private final StudyFile file;
    private final Study study;
    private final int slots;
    private final SpeedSpread speeds;
    private final ComparisonSettings terms;
    private volatile boolean stopped;

    /**
     * Creates an arena.
     *
     * @param name one of {@link Tasks#names}
     * @param settings of the task's own protocol, as they would be of a study file: {@code population}, {@code execution.mode} or
     *     {@code strategy}, say
     * @param speeds of the members
     * @param metric what is reported; empty for the objective
     * @throws CompareException when there is no such task, or it has no such setting
     * @throws org.evolvent.study.spec.StudyFileException when a value is wrong
     */
    public TaskArena(String name, List<Setting> settings, SpeedSpread speeds, Optional<String> metric) {
        this.task = named(name);
        settings.forEach(TaskArena::requireSettable);
        this.file = TaskStudy.of(task, settings);
        this.study = file.study();
        this.slots = Math.min(file.resources().slots().orElse(study.population()), study.population());
        this.speeds = speeds;
        boolean evaluates =
                metric.orElse(task.objective().metric()).equals(task.objective().metric());
        this.terms = ComparisonSettings.of(study, metric, evaluates ? Evaluation.AGAIN : Evaluation.APART, place());
    }

    private static SyntheticTask named(String name) {
        try {
            return Tasks.named(name);
        } catch (IllegalArgumentException e) {
            throw new CompareException("--task: " + e.getMessage());
        }
    }

    private static void requireSettable(Setting setting) {
        String path = setting.path();
        if (!SETTABLE.contains(path) && !path.equals("strategy") && !path.startsWith("strategy.")) {
            List<String> all = new ArrayList<>(SETTABLE);
            all.add("strategy");
            all.sort(String::compareTo);
            throw new CompareException(
                    "%s: a task has no '%s' to set, only %s".formatted(setting.option(), path, String.join(", ", all)));
        }
    }

    private String place() {
        List<String> parts =
                new ArrayList<>(List.of("simulated", study.mode().name().toLowerCase(Locale.ROOT)));
        parts.add(slots < study.population() ? "slots: " + slots : "a slot for each member");
        if (!speeds.equals(SpeedSpread.NONE)) {
            parts.add("speeds spread by " + speeds.text());
        }
        parts.add("a second for each step");
        return String.join(", ", parts);
    }

    /** Returns the task's own protocol with the settings, as a study file. */
    public StudyFile file() {
        return file;
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
        // Who stops members and waits for nobody may keep more than it would at a barrier, and would be cut off before
        // its last ones end.
        int members = terms.members(contender.strategy());
        Trace trace = run(contender, members, seed);
        while (trace.steps() > terms.allSteps() && members > terms.members()) {
            members = (int) Math.max(terms.members(), members * (double) terms.allSteps() / trace.steps() - 1);
            trace = run(contender, members, seed);
        }
        return trace;
    }

    private Trace run(Contender contender, int members, long seed) {
        Study sized = TaskStudy.onTask(study, task, contender.strategy(), members, seed);
        SimulatedCosts costs = speeds.costs(members, seed, slots);
        TraceReader reader = new TraceReader(
                sized,
                terms.metric(),
                terms.evaluation() == Evaluation.AGAIN ? Optional.of(SyntheticTask.TRUTH) : Optional.empty(),
                sized.mode() == Mode.ASYNCHRONOUS);
        Forecast.of(sized, task.stretchedTo(sized.budget().steps()), costs, new StudyListener() {
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
