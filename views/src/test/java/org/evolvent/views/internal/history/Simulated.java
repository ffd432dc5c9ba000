package org.evolvent.views.internal.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Simulation;

/**
 * A log of a study in simulated time.
 *
 * @param study the study
 * @param events what happened in it
 */
public record Simulated(Study study, List<Event> events) {
    /** Runs a study to its end. */
    public static Simulated of(SyntheticTask task, Strategy strategy, Mode mode, int slots, long seed) {
        List<Event> events = new ArrayList<>();
        List<Study> studies = new ArrayList<>();
        Simulation.Result unused = new Simulation(task, strategy, mode, SimulatedCosts.ofSlots(slots))
                .run(seed, new StudyListener() {
                    @Override
                    public void committed(Supplier<StudyState> state, List<? extends Event> more) {
                        studies.add(state.get().study());
                        events.addAll(more);
                    }
                });
        return new Simulated(studies.get(0), events);
    }

    /** Returns what happened. */
    public History history() {
        return history(events.size());
    }

    /** Returns what happened up to some event. */
    public History history(int first) {
        History history = new History(study, study);
        events.subList(0, first).forEach(history::add);
        return history;
    }
}
