package org.evolvent.runtime.driver;

import java.util.Comparator;
import java.util.TreeSet;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;

/** The members that wait for a slot; the one that trained least goes first, the lower index among equals. */
final class WaitingMembers {
    private record Place(long trained, MemberId member) {}

    private final TreeSet<Place> places =
            new TreeSet<>(Comparator.comparingLong(Place::trained).thenComparing(Place::member));

    void add(Member member) {
        places.add(new Place(member.trained(), member.id()));
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
        return first.member();
    }
}
