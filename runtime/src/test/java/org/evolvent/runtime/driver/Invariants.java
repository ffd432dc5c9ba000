package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.lineage.Lineage.Node;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StudyListener;

/** Checks after every commit what must always hold. */
final class Invariants implements StudyListener {
    private final Study study;
    private final EventStore events;
    private final CheckpointStore checkpoints;
    private final Runnable afterCommit;
    private final Lineage lineage = new Lineage();
    private StudyState folded;
    private double best = Double.NEGATIVE_INFINITY;
    private int commits;

    Invariants(Study study, EventStore events, CheckpointStore checkpoints, Runnable afterCommit) {
        this.study = study;
        this.events = events;
        this.checkpoints = checkpoints;
        this.afterCommit = afterCommit;
        this.folded = StudyState.initial(study);
    }

    /** Returns the state that this listener folded by itself. */
    StudyState state() {
        return folded;
    }

    int commits() {
        return commits;
    }

    @Override
    public void reported(ExecutorEvent event) {
        assertThat(folded.end()).as("the study goes on").isEmpty();
    }

    @Override
    public void committed(Supplier<StudyState> committedState, List<? extends Event> committed) {
        StudyState state = committedState.get();
        if (committed.isEmpty()) {
            events.read(this::follow);
        } else {
            committed.forEach(this::follow);
        }
        commits++;
        assertThat(state.population()).containsExactlyElementsOf(folded.population());
        assertThat(state.tally()).isEqualTo(folded.tally());
        assertThat(state.population().size()).isEqualTo(study.population());
        Set<CheckpointId> stored = checkpoints.list();
        assertThat(stored).as("reachable checkpoints exist").containsAll(Retention.reachable(state));
        int training = 0;
        for (Member member : state.population()) {
            assertThat(study.space().contains(member.hyperparameters())).isTrue();
            assertThat(member.trained()).isLessThanOrEqualTo(study.budget().steps());
            training += member.status() == Member.Status.TRAINING ? 1 : 0;
        }
        assertThat(state.training()).isEqualTo(training);
        state.population().best().ifPresent(point -> assertThat(point.fitness()).isEqualTo(best));
        assertThat(state.population().best().isPresent()).isEqualTo(Double.isFinite(best));
        afterCommit.run();
    }

    private void follow(Event event) {
        folded = folded.after(event);
        lineage.add(event);
        if (event instanceof Event.IntervalFinished finished) {
            best = Math.max(best, study.objective().fitness(finished.score()));
            long step = 0;
            for (Segment segment : lineage.schedule(
                    new Node(finished.attempt().member(), finished.attempt().interval()))) {
                assertThat(segment.fromStep()).as("steps along the lineage").isEqualTo(step);
                step = segment.toStep();
            }
            assertThat(step).isEqualTo(finished.attempt().stepTo());
        }
    }

    /** Checks the end of a study: all that was promised was trained, and nothing is left that nobody needs. */
    void checkEnd(StudyState state) {
        assertThat(state.end()).contains(Event.End.BUDGET);
        for (Member member : state.population()) {
            assertThat(member.status()).isEqualTo(Member.Status.STOPPED);
            assertThat(member.trained()).isEqualTo(study.budget().steps());
        }
        assertThat(checkpoints.list()).isEqualTo(Retention.reachable(state));
        List<Event> log = new ArrayList<>();
        events.read(log::add);
        assertThat(StateDigest.of(log)).isEqualTo(StateDigest.of(List.copyOf(log)));
        assertThat(StudyState.initial(study).after(log).population()).containsExactlyElementsOf(state.population());
    }
}
