package org.evolvent.testkit.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.StudyListener;

/** Folds the log by itself, event by event, and checks what must always hold. It lives for one process. */
final class Watch implements StudyListener {
    private final EventStore events;
    private final Supplier<Set<CheckpointId>> stored;
    private final Set<CheckpointId> harmed;
    private final Set<CheckpointId> everHarmed;
    private final Consumer<Watch> afterCommit;

    /** The steps behind each interval's weights, by member and interval. */
    private final Map<List<Integer>, Long> steps = new HashMap<>();

    private final Set<CheckpointId> lost = new HashSet<>();
    private final List<Event.Decided> due = new ArrayList<>();
    private StudyState folded;
    private Facts facts = Facts.NONE;
    private long count;

    Watch(
            Study study,
            EventStore events,
            Supplier<Set<CheckpointId>> stored,
            Set<CheckpointId> harmed,
            Set<CheckpointId> everHarmed,
            Consumer<Watch> afterCommit) {
        this.events = events;
        this.stored = stored;
        this.harmed = harmed;
        this.everHarmed = everHarmed;
        this.afterCommit = afterCommit;
        this.folded = StudyState.initial(study);
    }

    /** Returns the state that was folded here. */
    StudyState state() {
        return folded;
    }

    /** Returns what the log comes to so far. */
    Snapshot snapshot() {
        return new Snapshot(count, folded, facts);
    }

    @Override
    public void committed(Supplier<StudyState> committedState, List<? extends Event> committed) {
        StudyState state = committedState.get();
        // On resuming the log is given as no events; afterwards it may not hold more or less than what was told.
        events.read(count, this::follow);
        assertThat(due).as("decisions that are missing after event %s", count).isEmpty();
        assertThat(events.size()).as("events in the log").isEqualTo(count);
        for (Member member : folded.population()) {
            assertThat(state.population().get(member.id()))
                    .as("after event %s", count)
                    .isEqualTo(member);
        }
        assertThat(state.population().best()).isEqualTo(folded.population().best());
        assertThat(state.tally()).isEqualTo(folded.tally());
        assertThat(state.end()).isEqualTo(folded.end());
        assertThat(state.population().compared()).isEqualTo(state.study().population());
        Set<CheckpointId> there = new HashSet<>(stored.get());
        there.addAll(harmed);
        assertThat(there)
                .as("reachable checkpoints, after event %s", count)
                .containsAll(state.population().reachable());
        state.population().forEach(this::check);
        afterCommit.accept(this);
    }

    private void check(Member member) {
        Study now = folded.study();
        assertThat(now.space().contains(member.hyperparameters()))
                .as("hyperparameters of member %s lie in the space", member.id())
                .isTrue();
        assertThat(member.trained())
                .as("steps of member %s", member.id())
                .isBetween(0L, now.budget().steps());
        if (member.status() == Status.TRAINING) {
            Attempt attempt = folded.interval(member.id());
            assertThat(attempt.stepFrom())
                    .as("steps behind the weights of %s", attempt)
                    .isEqualTo(attempt.parent().map(this::stepsBehind).orElse(0L));
            if (now.rules() != Rules.V1) {
                assertThat(attempt.stepTo())
                        .as("steps behind weights after %s", attempt)
                        .isLessThanOrEqualTo(now.budget().steps());
            }
        }
    }

    private long stepsBehind(CheckpointRef ref) {
        return steps.getOrDefault(List.of(ref.member().index(), ref.interval()), -1L);
    }

    private void follow(Event event) {
        count++;
        if (event instanceof Event.Decided decided) {
            if (due.isEmpty() && folded.study().decidesLate()) {
                due.addAll(Decisions.decideLate(folded, decided.member()));
            }
            assertThat(due).as("what is decided in event %s", count).isNotEmpty();
            assertThat(decided).as("event %s", count).isEqualTo(due.remove(0));
            checkDonor(decided);
        } else {
            assertThat(due)
                    .as("decisions that are missing before event %s", count)
                    .isEmpty();
        }
        folded = folded.after(event);
        facts = facts.after(event);
        if (event instanceof Event.IntervalFinished finished) {
            Attempt attempt = finished.attempt();
            List<Integer> key = List.of(attempt.member().index(), attempt.interval());
            assertThat(steps.put(key, attempt.stepTo()))
                    .as("%s ends once", attempt)
                    .isNull();
            lost.remove(finished.checkpoint());
        } else if (event instanceof Event.CheckpointsLost gone) {
            assertThat(gone.checkpoints())
                    .as("what was lost in event %s", count)
                    .isNotEmpty()
                    .allMatch(everHarmed::contains);
            lost.addAll(gone.checkpoints());
        }
        for (MemberId subject : Decisions.subjects(folded, event)) {
            due.addAll(Decisions.decide(folded.after(due), subject));
        }
        folded.population().best().ifPresent(best -> {
            for (ReadyPoint point : folded.population().ranking()) {
                if (point.absences() == 0) {
                    assertThat(point.fitness())
                            .as("nobody is better than the best")
                            .isLessThanOrEqualTo(best.fitness());
                    break;
                }
            }
            assertThat(lost)
                    .as("the best model is there")
                    .doesNotContain(best.checkpoint().orElseThrow().id());
        });
    }

    private void checkDonor(Event.Decided decided) {
        if (decided.decision() instanceof Decision.Exploit exploit) {
            exploit.weights()
                    .ifPresent(ref -> assertThat(lost)
                            .as("the donor's weights in event %s are there", count)
                            .doesNotContain(ref.id()));
        }
    }
}
