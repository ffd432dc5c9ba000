package org.evolvent.runtime.driver;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.ExecutorEvent;

/**
 * Decides whose result enters the log next. Asynchronous studies take them as they come. To make the log of a synchronous study
 * independent of the slots, its results enter in the order of the members, each as soon as everybody before it has passed; until then
 * they are held here and are trained again should the driver die.
 */
final class RoundOrder {
    private record Arrival(int turn, long order, ExecutorEvent event) {}

    private final PriorityQueue<Arrival> held =
            new PriorityQueue<>(Comparator.comparingInt(Arrival::turn).thenComparingLong(Arrival::order));
    private final Set<MemberId> members = new HashSet<>();
    private final boolean synchronous;
    private long arrivals;

    /** Nobody with a lower index trains any more in this round. */
    private int passed;

    RoundOrder(Mode mode) {
        this.synchronous = mode == Mode.SYNCHRONOUS;
    }

    /**
     * Takes in the end of an attempt.
     *
     * @param isResult whether it is a result of the round, and not one after which the member had better begin again at once
     */
    void add(ExecutorEvent event, boolean isResult) {
        held.add(new Arrival(synchronous && isResult ? event.attempt().member().index() : 0, arrivals++, event));
        members.add(event.attempt().member());
    }

    /** Returns whether a result of a member is held here. */
    boolean holds(MemberId member) {
        return members.contains(member);
    }

    /** Takes out the next event whose turn it is in this state, if any. */
    Optional<ExecutorEvent> take(StudyState state) {
        Arrival first = held.peek();
        if (first == null || (synchronous && !isTurnOf(first.turn(), state))) {
            return Optional.empty();
        }
        return drain();
    }

    /** Takes out the next event, be it its turn or not. */
    Optional<ExecutorEvent> drain() {
        Optional<ExecutorEvent> next = Optional.ofNullable(held.poll()).map(Arrival::event);
        next.ifPresent(event -> members.remove(event.attempt().member()));
        return next;
    }

    /** Returns whether everybody before a member has passed; looks at each member once in a round, and at those at rest. */
    private boolean isTurnOf(int index, StudyState state) {
        if (state.ready() == 0) {
            passed = 0;
        }
        while (passed < index && state.population().get(new MemberId(passed)).status() != Status.TRAINING) {
            passed++;
        }
        return passed >= index;
    }
}
