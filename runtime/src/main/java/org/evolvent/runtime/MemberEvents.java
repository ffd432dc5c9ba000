package org.evolvent.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;

/**
 * Whether events concern one member: those about it, the beginning when it began with weights from elsewhere, and the losses of checkpoints
 * that it began with, made, took from others, or needed to go on. To be asked about the events of a log in their order; those about others may be left out. Not thread-safe.
 */
public final class MemberEvents implements Predicate<Event> {
    private final MemberId member;
    private final Set<CheckpointId> held = new HashSet<>();

    /** Creates one for a member. */
    public MemberEvents(MemberId member) {
        this.member = member;
    }

    @Override
    public boolean test(Event event) {
        if (event instanceof Event.CheckpointsLost lost) {
            return lost.stranded().contains(member)
                    || lost.checkpoints().stream().anyMatch(held::contains);
        }
        if (event instanceof Event.PopulationCreated created) {
            List<CheckpointId> begun = created.founders().stream()
                    .filter(founder -> founder.member().equals(member))
                    .map(Event.Founder::weights)
                    .toList();
            held.addAll(begun);
            return !begun.isEmpty();
        }
        if (!event.subject().equals(Optional.of(member))) {
            return false;
        }
        if (event instanceof Event.IntervalFinished finished) {
            held.add(finished.checkpoint());
        } else if (event instanceof Event.IntervalSuspended suspended) {
            held.add(suspended.checkpoint());
        } else if (event instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit exploit) {
            exploit.weights().ifPresent(weights -> held.add(weights.id()));
        }
        return true;
    }
}
