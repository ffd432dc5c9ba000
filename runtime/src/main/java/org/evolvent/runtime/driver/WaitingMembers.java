package org.evolvent.runtime.driver;

import java.util.TreeSet;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;

/** The members that wait for a slot; the one that trained least goes first, the lower index among equals. */
final class WaitingMembers {
    private record Place(long trained, int member) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return trained == other.trained
                    ? Integer.compare(member, other.member)
                    : Long.compare(trained, other.trained);
        }
    }

    private final TreeSet<Place> places = new TreeSet<>();

    void add(Member member) {
        places.add(new Place(member.trained(), member.id().index()));
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Takes the next one out. */
    MemberId take() {
        Place first = places.pollFirst();
        if (first == null) {
            throw new IllegalStateException("Nobody is waiting");
        }
        return new MemberId(first.member());
    }
}
