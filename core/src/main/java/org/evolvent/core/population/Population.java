package org.evolvent.core.population;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All members at one moment, and how they rank. Nobody who has one can change it: {@link #with} returns another population, which shares
 * all but O(log n) of it. Whoever makes many changes and keeps only what they lead to takes an {@link Edit}, which spares most of the
 * copying; what an edit has made can be read until the edit goes on, and throws {@link IllegalStateException} afterwards.
 */
public final class Population implements Iterable<Member> {
    private final PerMember<Member> members;
    private final int size;
    private final int compared;
    private final Ranking ranking;
    private final Optional<ReadyPoint> best;

    /** Whose nodes are in the trees, so that they change when it goes on; null for an immutable population. */
    private final @Nullable Edit edit;

    /** When the edit made it. */
    private final int moment;

    private Population(
            PerMember<Member> members,
            int size,
            int compared,
            Ranking ranking,
            Optional<ReadyPoint> best,
            @Nullable Edit edit,
            int moment) {
        this.members = members;
        this.size = size;
        this.compared = compared;
        this.ranking = ranking;
        this.best = best;
        this.edit = edit;
        this.moment = moment;
    }

    /** Returns a population of new members; the i-th must have the index i and must not have published anything. */
    public static Population of(List<Member> members) {
        return of(members, Optional.empty());
    }

    /**
     * Returns a population as it stood at some time.
     *
     * @param members the i-th must have the index i
     * @param best the best result that any of them ever published; empty when there was no valid one
     */
    public static Population of(List<Member> members, Optional<ReadyPoint> best) {
        return of(members, best, 0);
    }

    /**
     * Returns a population as it stood at some time.
     *
     * @param members the i-th must have the index i
     * @param best the best result that any of them ever published; empty when there was no valid one
     * @param seed breaks ties of equal scores
     */
    public static Population of(List<Member> members, Optional<ReadyPoint> best, long seed) {
        Edit edit = new Edit();
        PerMember<Member> all = PerMember.empty();
        List<ReadyPoint> published = new ArrayList<>();
        int present = 0;
        for (Member member : members) {
            present += member.isPresent() ? 1 : 0;
            all = all.with(member.id(), member, edit);
            member.last().ifPresent(published::add);
        }
        return new Population(all, members.size(), present, Ranking.empty(seed).anew(published), best, null, 0);
    }

    /** Returns the number of members, those that have left included; it changes with the study only. */
    public int size() {
        return size;
    }

    /** Returns a member. */
    public Member get(MemberId id) {
        requireCurrent();
        Member member = members.at(id.index());
        if (member == null) {
            throw new IllegalArgumentException("There is no member %s; members are 0 to %s".formatted(id, size - 1));
        }
        return member;
    }

    /** Returns the members' latest published results from best to worst. Those who have published nothing since they copied are not in it. */
    public Ranking ranking() {
        requireCurrent();
        return ranking;
    }

    /** Returns how many members are compared: everybody who has not left, in a population {@linkplain #among among} some those. */
    public int compared() {
        return compared;
    }

    /** Returns this population with those that are in a ranking compared among themselves. */
    public Population among(Ranking some) {
        requireCurrent();
        return new Population(members, size, some.size(), some, best, edit, moment);
    }

    /** Returns this population under another ranking, of results that are not the latest, say. */
    public Population ranked(Ranking other) {
        requireCurrent();
        return new Population(members, size, compared, other, best, edit, moment);
    }

    /** Returns the best result that any member ever published; empty as long as there is no valid one. What members began with is none. */
    public Optional<ReadyPoint> best() {
        return best;
    }

    /**
     * Returns whether a result is as good as any before, and somebody has been as good at an earlier step: no score has risen since, as in a
     * task whose reward has not been found yet, and so scores say nothing about anybody.
     */
    public boolean isStill(ReadyPoint point) {
        return best.filter(first -> first.fitness() <= point.fitness() && first.step() < point.step())
                .isPresent();
    }

    /** Returns this population with one member replaced by its next state. */
    public Population with(Member changed) {
        Population next = with(changed, null, 0);
        // It shares nodes with this one, and so its fate.
        return edit == null
                ? next
                : new Population(next.members, size, compared, next.ranking, next.best, edit, moment);
    }

    /** Returns this population with one member replaced, as an edit makes it; the edit has moved on. */
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"}) // What was not published anew is the same object.
    Population with(Member changed, @Nullable Edit by, int at) {
        Member before = get(changed.id());
        Ranking ranked = ranking;
        Optional<ReadyPoint> bestNow = best;
        if (by != null) {
            by.moveOn(at);
        }
        if (before.last() != changed.last()) {
            if (before.last().isPresent()) {
                ranked = ranked.without(before.last().get(), by);
            }
            if (changed.last().isPresent()) {
                ReadyPoint point = changed.last().get();
                ranked = ranked.with(point, by);
                if (point.isResult()
                        && (best.isEmpty() || point.fitness() > best.get().fitness())) {
                    bestNow = changed.last();
                }
            }
        }
        return new Population(members.with(changed.id(), changed, by), size, compared, ranked, bestNow, by, at);
    }

    /** Returns the checkpoints that are needed from here on: what each member starts from, descends through or has published, and the best. */
    public Set<CheckpointId> reachable() {
        Set<CheckpointId> ids = new HashSet<>();
        for (Member member : this) {
            member.checkpoints().forEach(ref -> ids.add(ref.id()));
        }
        best.flatMap(ReadyPoint::checkpoint).ifPresent(ref -> ids.add(ref.id()));
        return ids;
    }

    /**
     * Returns this population with the best result taken from those that are ranked now: the one that it had was lost. Weights that were
     * never measured are no result.
     */
    public Population withBestOfRanked() {
        requireCurrent();
        Optional<ReadyPoint> first = IntStream.range(0, ranking.valid())
                .mapToObj(ranking::at)
                .filter(point -> point.absences() == 0 && point.interval() != CheckpointRef.ELSEWHERE)
                .findFirst();
        return new Population(members, size, compared, ranking, first, edit, moment);
    }

    /** Throws when another edit has made this population and may change what it is made of. */
    void requireNoOther(Edit own) {
        if (edit != null && edit != own) {
            throw new IllegalStateException("Another edit has made this population.\nMaybe end that one first?");
        }
    }

    /** Returns this population without the edit that made it. */
    Population alone() {
        requireCurrent();
        return edit == null ? this : new Population(members, size, compared, ranking, best, null, 0);
    }

    private void requireCurrent() {
        if (edit != null && edit.moment() != moment) {
            throw new IllegalStateException(
                    "This population has moved on; it could be read only until then.\nMaybe keep its members, or the state of the fold?");
        }
    }

    /** Iterates over the members by index. */
    @Override
    public Iterator<Member> iterator() {
        return IntStream.range(0, size).mapToObj(i -> get(new MemberId(i))).iterator();
    }
}
