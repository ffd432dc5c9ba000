package org.evolvent.runtime.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
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
    static final class Kept {
        private final CheckpointId id;
        private long bytes;
        private int references;

        private Kept(CheckpointId id) {
            this.id = id;
        }
    }

    private final Map<CheckpointId, Kept> kept = new HashMap<>();
    private final Set<Kept> garbage = new LinkedHashSet<>();
    private final Set<Kept> unhardened = new LinkedHashSet<>();
    private long garbageBytes;

    Retention() {}

    /** Returns the checkpoints that a state reaches. */
    public static Set<CheckpointId> reachable(StudyState state) {
        Set<CheckpointId> ids = new HashSet<>();
        state.population().forEach(member -> each(member, (id, times) -> ids.add(id)));
        eachBest(state.population(), (id, times) -> ids.add(id));
        return ids;
    }

    /** Starts counting at a state whose checkpoints are all hardened or about to be. */
    void begin(StudyState state) {
        state.population().forEach(member -> each(member, this::acquire));
        eachBest(state.population(), this::acquire);
        unhardened.addAll(kept.values());
    }

    /** Notes a checkpoint that was committed. */
    void committed(CheckpointId id, long bytes) {
        Kept known = known(id);
        known.bytes = bytes;
        unhardened.add(known);
    }

    /** Notes a checkpoint that nobody waits for: garbage, unless something reaches it. */
    void unwanted(CheckpointId id, long bytes) {
        Kept known = known(id);
        if (known.references == 0 && garbage.add(known)) {
            known.bytes = bytes;
            garbageBytes += bytes;
        }
    }

    /** Follows one member from one state to the next. */
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"}) // What has not changed is the same object.
    void follow(StudyState before, StudyState after, MemberId member) {
        Member was = before.population().get(member);
        Member is = after.population().get(member);
        if (is.parent() != was.parent() || is.last() != was.last()) {
            each(is, this::acquire);
            each(was, this::release);
        }
        if (after.population().best() != before.population().best()) {
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
        List<CheckpointId> taken = new ArrayList<>(unhardened.size());
        for (Kept each : unhardened) {
            if (each.references > 0) {
                taken.add(each.id);
            }
        }
        unhardened.clear();
        return taken;
    }

    /** Returns the present garbage. */
    List<Kept> garbage() {
        return new ArrayList<>(garbage);
    }

    /** Of garbage that was seen before a hardening, returns what still is garbage now, and forgets it. */
    List<CheckpointId> takeGarbage(List<Kept> seen) {
        List<CheckpointId> taken = new ArrayList<>(seen.size());
        for (Kept each : seen) {
            if (garbage.remove(each)) {
                garbageBytes -= each.bytes;
                kept.remove(each.id);
                taken.add(each.id);
            }
        }
        return taken;
    }

    private Kept known(CheckpointId id) {
        return kept.computeIfAbsent(id, Kept::new);
    }

    private void acquire(CheckpointId id, int times) {
        Kept acquired = known(id);
        if (acquired.references == 0 && garbage.remove(acquired)) {
            garbageBytes -= acquired.bytes;
            unhardened.add(acquired);
        }
        acquired.references += times;
    }

    private void release(CheckpointId id, int times) {
        Kept released = known(id);
        released.references -= times;
        if (released.references == 0 && garbage.add(released)) {
            garbageBytes += released.bytes;
        }
    }

    /** Does something as often as a member needs a checkpoint: the weights that it starts from and those it has published. */
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
    }

    private static void eachBest(Population population, ObjIntConsumer<CheckpointId> action) {
        population.best().flatMap(ReadyPoint::checkpoint).ifPresent(ref -> action.accept(ref.id(), 1));
    }
}
