package org.evolvent.runtime.driver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;

/**
 * Knows who waits for a slot and who is under way, and says who is next: the member with the fewest steps behind its weights. Where
 * members decide late, what becomes of one is decided here, and not before a slot would train it at once. Used by the driver's thread
 * only.
 */
final class Dispatcher {
    private final Executor executor;
    private final Map<MemberId, Attempt> underWay = new LinkedHashMap<>();
    private final WaitingMembers waiting = new WaitingMembers();

    Dispatcher(Executor executor) {
        this.executor = executor;
    }

    /** Notes a member that needs a slot, unless it has one. */
    void add(Member member, StudyState state) {
        boolean needsSlot = member.status() == Status.TRAINING
                || (member.status() == Status.READY && state.study().decidesLate());
        if (needsSlot && !underWay.containsKey(member.id())) {
            waiting.add(member);
        }
    }

    /**
     * Returns who is next, for as many as there is room for; they count as under way from here on.
     *
     * @param batch takes in what they decide
     */
    List<Attempt> next(Batch batch, Batch.Decider decider) {
        List<Attempt> next = new ArrayList<>();
        while (batch.state().end().isEmpty() && !waiting.isEmpty() && underWay.size() < executor.capacity()) {
            MemberId first = waiting.first();
            boolean decides = batch.state().population().get(first).status() == Status.READY;
            if (decides && executor.free(underWay.size() - next.size()) <= next.size()) {
                break;
            }
            waiting.remove(first);
            if (decides) {
                batch.addLateDecisions(first, decider);
            }
            if (batch.state().population().get(first).status() == Status.TRAINING) {
                Attempt attempt = batch.state().attempt(first);
                underWay.put(first, attempt);
                next.add(attempt);
            }
        }
        return next;
    }

    /** Notes that an attempt is not under way any more; returns whether it was. */
    boolean ended(Attempt attempt) {
        return underWay.remove(attempt.member(), attempt);
    }

    /** Returns what is under way, the latest first: whoever still waits for a slot is to be called off before somebody else makes room. */
    List<Attempt> underWay() {
        List<Attempt> latestFirst = new ArrayList<>(underWay.values());
        Collections.reverse(latestFirst);
        return latestFirst;
    }
}
