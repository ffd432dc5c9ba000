package org.evolvent.views.internal.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Where the intervals of each member stand among those of all. Not thread-safe. */
final class Indices {
    private static final int NONE = -1;

    /** Of each member, the index of its i-th interval. */
    private final List<int[]> known = new ArrayList<>();

    /** Notes the index of a member's interval. */
    void add(int member, int interval, int index) {
        while (known.size() <= member) {
            known.add(new int[0]);
        }
        int[] own = known.get(member);
        if (own.length <= interval) {
            int length = own.length;
            own = Arrays.copyOf(own, Math.max(interval + 1, 2 * length));
            Arrays.fill(own, length, own.length, NONE);
            known.set(member, own);
        }
        own[interval] = index;
    }

    /** Returns the index of a member's interval; empty when there is none. */
    OptionalInt of(int member, int interval) {
        if (member >= known.size() || interval < 0 || interval >= known.get(member).length) {
            return OptionalInt.empty();
        }
        int index = known.get(member)[interval];
        return index == NONE ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Returns the indices of a member's intervals, from the first to the last. */
    IntStream of(int member) {
        return member < known.size()
                ? Arrays.stream(known.get(member)).filter(index -> index != NONE)
                : IntStream.empty();
    }
}
