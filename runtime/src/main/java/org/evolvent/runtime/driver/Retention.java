package org.evolvent.runtime.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.StudyState;

/**
 * Knows which checkpoints are reachable: the weights that each member starts from or has published, the ancestors of them that are kept,
 * and the best. What is not is garbage, which may be deleted once the log that no longer needs it survives a loss of power. Counts references, so that following an event costs
 * nothing that grows with the population. Used by the driver's thread only.
 */
final class Retention {
    /** What is known of a checkpoint. */
    static final class Kept {
        private final CheckpointId id;
        private long bytes;
        private int references;
        private boolean isGarbage;
        private boolean isToBeCollected;

        private Kept(CheckpointId id) {
            this.id = id;
        }
    }

    private final Map<CheckpointId, Kept> kept = new HashMap<>();

    /** What is garbage or was garbage for a while, and is not in the hands of who called {@link #garbage}; each once. */
    private List<Kept> toBeCollected = new ArrayList<>();

    private long garbageBytes;

    Retention() {}

    /** Starts counting at a state. */
    void begin(StudyState state) {
        state.population().forEach(member -> each(member, this::acquire));
        eachBest(state.population().best(), this::acquire);
    }

    /** Notes a checkpoint that was committed: garbage, until something reaches it, if anything does. */
    void committed(CheckpointId id, long bytes) {
        Kept known = known(id);
        known.bytes = bytes;
        if (known.references == 0 && !known.isGarbage) {
            collect(known);
        }
    }

    /**
     * Follows the population through some changes.
     *
     * @param before the members that changed, as they were
     * @param bestBefore the best result before
     * @param after everybody after the changes
     */
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"}) // What has not changed is the same object.
    void follow(Iterable<Member> before, Optional<ReadyPoint> bestBefore, Population after) {
        for (Member was : before) {
            Member is = after.get(was.id());
            if (is.parent() != was.parent()
                    || is.last() != was.last()
                    || is.ancestors() != was.ancestors()
                    || is.suspended() != was.suspended()) {
                each(is, this::acquire);
                each(was, this::release);
            }
        }
        if (after.best() != bestBefore) {
            eachBest(after.best(), this::acquire);
            eachBest(bestBefore, this::release);
        }
    }

    /** Returns the bytes of garbage. */
    long garbageBytes() {
        return garbageBytes;
    }

    /** Returns whether there may be anything to delete. */
    boolean hasGarbage() {
        return !toBeCollected.isEmpty();
    }

    /** Returns the present garbage, for {@link #takeGarbage}. */
    List<Kept> garbage() {
        List<Kept> present = new ArrayList<>(toBeCollected.size());
        for (Kept each : toBeCollected) {
            each.isToBeCollected = each.isGarbage;
            if (each.isGarbage) {
                present.add(each);
            }
        }
        toBeCollected = new ArrayList<>();
        return present;
    }

    /** Of garbage that was seen before the log was synced, returns what still is garbage now, and forgets it. */
    List<CheckpointId> takeGarbage(List<Kept> seen) {
        List<CheckpointId> taken = new ArrayList<>(seen.size());
        for (Kept each : seen) {
            each.isToBeCollected = false;
            if (each.isGarbage) {
                each.isGarbage = false;
                garbageBytes -= each.bytes;
                kept.remove(each.id);
                taken.add(each.id);
            }
        }
        return taken;
    }

    /** Takes back what {@link #garbage} or {@link #takeGarbage} gave out and nobody could delete. */
    void putBack(List<Kept> seen) {
        for (Kept each : seen) {
            each.isToBeCollected = false;
            Kept known = kept.computeIfAbsent(each.id, id -> each);
            if (known.isGarbage && !known.isToBeCollected) {
                known.isToBeCollected = true;
                toBeCollected.add(known);
            } else if (known.references == 0 && !known.isGarbage) {
                collect(known);
            }
        }
    }

    private Kept known(CheckpointId id) {
        return kept.computeIfAbsent(id, Kept::new);
    }

    private void collect(Kept garbage) {
        garbage.isGarbage = true;
        garbageBytes += garbage.bytes;
        if (!garbage.isToBeCollected) {
            garbage.isToBeCollected = true;
            toBeCollected.add(garbage);
        }
    }

    private void acquire(CheckpointId id, int times) {
        Kept acquired = known(id);
        if (acquired.isGarbage) {
            acquired.isGarbage = false;
            garbageBytes -= acquired.bytes;
        }
        acquired.references += times;
    }

    private void release(CheckpointId id, int times) {
        Kept released = known(id);
        released.references -= times;
        if (released.references == 0) {
            collect(released);
        }
    }

    /** Does something as often as a member needs a checkpoint: the weights that it starts from, their ancestors, those it has published, and a part of its interval. */
    private static void each(Member member, ObjIntConsumer<CheckpointId> action) {
        Optional<CheckpointId> parent = member.parent().map(CheckpointRef::id);
        Optional<CheckpointId> published =
                member.last().flatMap(ReadyPoint::checkpoint).map(CheckpointRef::id);
        if (parent.isPresent() && parent.equals(published)) {
            action.accept(parent.get(), 2);
        } else {
            parent.ifPresent(id -> action.accept(id, 1));
            published.ifPresent(id -> action.accept(id, 1));
        }
        member.ancestors().forEach(ref -> action.accept(ref.id(), 1));
        member.suspended().ifPresent(part -> action.accept(part.weights().id(), 1));
    }

    private static void eachBest(Optional<ReadyPoint> best, ObjIntConsumer<CheckpointId> action) {
        best.flatMap(ReadyPoint::checkpoint).ifPresent(ref -> action.accept(ref.id(), 1));
    }
}
