package org.evolvent.runtime.driver;

import java.util.BitSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;

/** The members that wait for a slot; the one that trained least goes first, the lower index among equals. */
final class WaitingMembers {
    /** Members that trained equally long. */
    private static final class Equals {
        private final BitSet members = new BitSet();

        /** Nobody below waits. */
        private int from;
    }

    private final NavigableMap<Long, Equals> byTrained = new TreeMap<>();

    void add(Member member) {
        Equals equals = byTrained.computeIfAbsent(member.trained(), trained -> new Equals());
        int index = member.id().index();
        equals.members.set(index);
        equals.from = StrictMath.min(equals.from, index);
    }

    boolean isEmpty() {
        return byTrained.isEmpty();
    }

    /** Takes the next one out. */
    MemberId take() {
        Map.Entry<Long, Equals> least = byTrained.firstEntry();
        if (least == null) {
            throw new IllegalStateException("Nobody is waiting");
        }
        Equals equals = least.getValue();
        int first = equals.members.nextSetBit(equals.from);
        equals.members.clear(first);
        equals.from = first + 1;
        if (equals.members.isEmpty()) {
            byTrained.remove(least.getKey());
        }
        return new MemberId(first);
    }
}
