package org.evolvent.runtime.internal.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * The slots that are free, and the weights in memory. A slot keeps the weights of its last attempt until it takes up another; then they
 * move to a place beside the slots where those of a number of members stay. Not thread-safe.
 */
final class Slots {
    /** A slot that was taken. */
    record Taken(int slot, boolean isHot) {}

    private final int hot;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final @Nullable CheckpointRef[] held;

    /** The weights beside the slots, those that came first in front; not kept when all members have room, where each has its last ones. */
    private final Map<MemberId, CheckpointId> beside = new LinkedHashMap<>();

    Slots(int count, int hot) {
        this.hot = hot;
        this.held = new CheckpointRef[count];
        for (int slot = 0; slot < count; slot++) {
            free.add(slot);
        }
    }

    /** Takes the free slot that holds the weights that an attempt starts from, or else the one that has been free for longest. */
    Taken take(Attempt attempt) {
        Optional<CheckpointRef> wanted = attempt.parent();
        if (wanted.isPresent() && hot < Integer.MAX_VALUE) {
            for (int slot : free) {
                if (wanted.get().equals(held[slot])) {
                    free.remove(slot);
                    return new Taken(slot, true);
                }
            }
        }
        int slot = free.remove();
        boolean isHot = wanted.isEmpty() || isHot(attempt, wanted.get());
        clear(slot);
        return new Taken(slot, isHot);
    }

    private boolean isHot(Attempt attempt, CheckpointRef wanted) {
        return hot == Integer.MAX_VALUE
                ? wanted.member().equals(attempt.member())
                        && wanted.interval() == attempt.interval() - 1
                        && attempt.number() == 0
                : beside.remove(attempt.member(), wanted.id());
    }

    /** Returns how many are free. */
    int free() {
        return free.size();
    }

    /** Takes a slot away, free or not, with the weights that it holds. */
    void withdraw(int slot) {
        free.remove(slot);
        held[slot] = null;
    }

    /** Frees a slot that holds the weights of its last attempt. */
    void free(int slot, CheckpointRef weights) {
        free.add(slot);
        held[slot] = weights;
    }

    /** Frees a slot that holds nothing. */
    void free(int slot) {
        held[slot] = null;
        free.add(slot);
    }

    private void clear(int slot) {
        CheckpointRef weights = held[slot];
        held[slot] = null;
        if (weights != null && hot > 0 && hot < Integer.MAX_VALUE) {
            beside.remove(weights.member());
            beside.put(weights.member(), weights.id());
            if (beside.size() > hot) {
                beside.remove(beside.keySet().iterator().next());
            }
        }
    }
}
