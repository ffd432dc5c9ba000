package org.evolvent.runtime.driver;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;

/**
 * The members that wait for a slot. The one with the fewest steps behind its weights goes first; among equals the weakest, so that whoever
 * copies does it while its donor still stands where they were compared, and nothing is skipped that others could have learnt from; then
 * the lower index.
 */
final class WaitingMembers {
    private record Waiting(long steps, double fitness, MemberId member) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int bySteps = Long.compare(steps, other.steps);
            int byFitness = bySteps == 0 ? Double.compare(fitness, other.fitness) : bySteps;
            return byFitness == 0 ? member.compareTo(other.member) : byFitness;
        }
    }

    private final NavigableSet<Waiting> order = new TreeSet<>();
    private final Map<MemberId, Waiting> byMember = new HashMap<>();

    /** Adds a member, which may wait already, with other weights perhaps. */
    void add(Member member) {
        remove(member.id());
        Optional<ReadyPoint> last = member.last();
        double fitness = last.isPresent() ? last.get().fitness() : Double.NEGATIVE_INFINITY;
        Waiting now = new Waiting(member.stepFrom(), fitness, member.id());
        byMember.put(member.id(), now);
        order.add(now);
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    /**
     * Returns who is next.
     *
     * @throws java.util.NoSuchElementException when nobody waits
     */
    MemberId first() {
        return order.first().member();
    }

    /** Takes a member out, if it is there. */
    void remove(MemberId member) {
        Waiting waiting = byMember.remove(member);
        if (waiting != null) {
            order.remove(waiting);
        }
    }
}
