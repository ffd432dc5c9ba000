package org.evolvent.runtime.driver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;

/** Events that are committed together, and what they change. Used by the driver's thread only. */
final class Batch {
    /** Decides as the core does, whatever the strategy has to be asked for that. */
    interface Decider {
        List<Event.Decided> decide(StudyState state, MemberId subject);
    }

    private final List<Event> log = new ArrayList<>();
    private final Map<MemberId, Member> before = new LinkedHashMap<>();
    private final Optional<ReadyPoint> bestBefore;
    private final StudyFold fold;

    /** Begins a batch, whose events go into the fold at once. */
    Batch(StudyFold fold) {
        this.fold = fold;
        this.bestBefore = fold.now().population().best();
    }

    /** Adds an event and the decisions that follow from it. */
    void addWithDecisions(Event event, Decider decider) {
        add(event);
        for (MemberId subject : Decisions.subjects(state(), event)) {
            decider.decide(state(), subject).forEach(this::add);
        }
    }

    /** Adds what a member decides that a slot is about to take. */
    void addLateDecisions(MemberId member, Decider decider) {
        decider.decide(state(), member).forEach(this::add);
    }

    /** Adds an event. */
    void add(Event event) {
        log.add(event);
        if (event instanceof Event.IntervalFinished finished) {
            note(finished.attempt().member());
        } else if (event instanceof Event.AttemptFailed failed) {
            note(failed.attempt().member());
        } else if (event instanceof Event.IntervalSuspended suspended) {
            note(suspended.attempt().member());
        } else if (event instanceof Event.Decided decided) {
            note(decided.member());
        } else if (event instanceof Event.CheckpointsLost lost) {
            Set<CheckpointId> ids = Set.copyOf(lost.checkpoints());
            for (Member member : state().population()) {
                if (member.needs(ids)) {
                    note(member.id());
                }
            }
        }
        fold.add(event);
    }

    private void note(MemberId id) {
        before.putIfAbsent(id, state().population().get(id));
    }

    boolean isEmpty() {
        return log.isEmpty();
    }

    /** Returns the events, in their order. */
    List<Event> log() {
        return log;
    }

    /** Returns the state after the events so far, until another is added. */
    StudyState state() {
        return fold.now();
    }

    /** Returns the members that changed, as they were. */
    Collection<Member> before() {
        return before.values();
    }

    /** Returns the best result as it was. */
    Optional<ReadyPoint> bestBefore() {
        return bestBefore;
    }
}
