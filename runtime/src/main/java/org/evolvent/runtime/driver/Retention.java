package org.evolvent.runtime.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.StudyState;

/**
 * Knows which checkpoints are reachable: the weights that each member starts from or has published, and the best. What is not is garbage,
 * which may be deleted once the log that no longer needs it has been hardened. Counts references, so that following an event costs
 * nothing that grows with the population. Used by the driver's thread only.
 */
public final class Retention {
    /** What is known of a checkpoint. */
    private static final class Kept {
        private int references;
        private long bytes;
    }

    private final Map<CheckpointId, Kept> kept = new HashMap<>();
    private final Map<CheckpointId, Long> garbage = new LinkedHashMap<>();
    private final Set<CheckpointId> unhardened = new LinkedHashSet<>();
    private long garbageBytes;

    Retention() {}

    /** Returns the checkpoints that a state reaches. */
    public static Set<CheckpointId> reachable(StudyState state) {
        Set<CheckpointId> ids = new HashSet<>();
        state.population().forEach(member -> each(member, ids::add));
        eachBest(state.population(), ids::add);
        return ids;
    }

    /** Starts counting at a state whose checkpoints are all hardened or about to be. */
    void begin(StudyState state) {
        state.population().forEach(member -> each(member, this::acquire));
        eachBest(state.population(), this::acquire);
        unhardened.addAll(kept.keySet());
    }

    /** Notes a checkpoint that was committed. */
    void committed(CheckpointId id, long bytes) {
        kept.computeIfAbsent(id, name -> new Kept()).bytes = bytes;
        unhardened.add(id);
    }

    /** Notes a checkpoint that nobody waits for: garbage, unless something reaches it. */
    void unwanted(CheckpointId id, long bytes) {
        if (!isReachable(id) && garbage.putIfAbsent(id, bytes) == null) {
            garbageBytes += bytes;
        }
    }

    /** Follows one member from one state to the next. */
    void follow(StudyState before, StudyState after, MemberId member) {
        Member was = before.population().get(member);
        Member is = after.population().get(member);
        if (!is.parent().equals(was.parent()) || !is.last().equals(was.last())) {
            each(is, this::acquire);
            each(was, this::release);
        }
        if (!after.population().best().equals(before.population().best())) {
            eachBest(after.population(), this::acquire);
            eachBest(before.population(), this::release);
        }
    }

    /** Returns the bytes of garbage. */
    long garbageBytes() {
        return garbageBytes;
    }

    /** Returns whether there is anything to harden or to delete. */
    boolean isDirty() {
        return !unhardened.isEmpty() || !garbage.isEmpty();
    }

    /** Returns what has to be hardened before the present garbage may go, and forgets it. */
    List<CheckpointId> takeUnhardened() {
        List<CheckpointId> taken =
                unhardened.stream().filter(this::isReachable).toList();
        unhardened.clear();
        return taken;
    }

    /** Returns the present garbage. */
    List<CheckpointId> garbage() {
        return new ArrayList<>(garbage.keySet());
    }

    /** Of garbage that was seen before a hardening, returns what still is garbage now, and forgets it. */
    List<CheckpointId> takeGarbage(List<CheckpointId> seen) {
        List<CheckpointId> taken = new ArrayList<>();
        for (CheckpointId id : seen) {
            Long bytes = garbage.remove(id);
            if (bytes != null) {
                garbageBytes -= bytes;
                kept.remove(id);
                taken.add(id);
            }
        }
        return taken;
    }

    private boolean isReachable(CheckpointId id) {
        Kept known = kept.get(id);
        return known != null && known.references > 0;
    }

    private void acquire(CheckpointId id) {
        Kept acquired = kept.computeIfAbsent(id, name -> new Kept());
        if (acquired.references++ == 0) {
            Long revived = garbage.remove(id);
            if (revived != null) {
                garbageBytes -= revived;
                unhardened.add(id);
            }
        }
    }

    private void release(CheckpointId id) {
        Kept released = kept.get(id);
        if (released != null && --released.references == 0) {
            garbage.put(id, released.bytes);
            garbageBytes += released.bytes;
        }
    }

    /** Calls the action for the weights that a member starts from and for those it has published. */
    private static void each(Member member, Consumer<CheckpointId> action) {
        member.parent().ifPresent(ref -> action.accept(ref.id()));
        member.last().flatMap(ReadyPoint::checkpoint).ifPresent(ref -> action.accept(ref.id()));
    }

    private static void eachBest(Population population, Consumer<CheckpointId> action) {
        population.best().flatMap(ReadyPoint::checkpoint).ifPresent(ref -> action.accept(ref.id()));
    }
}
