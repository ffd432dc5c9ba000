package org.evolvent.core.population;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All members at one moment, and how they rank. Immutable: {@link #with} returns a changed population and shares the rest, at a cost of
 * O(log n). Whoever makes many changes and keeps only what they lead to may {@linkplain #opened open} it, which spares most of the copying.
 */
public final class Population implements Iterable<Member> {
    private final PerMember<Member> members;
    private final int size;
    private final Ranking ranking;
    private final Optional<ReadyPoint> best;

    /** What {@link #with} is a part of; null unless the population is open. */
    private @Nullable Edit edit;

    private boolean usedUp;

    private Population(
            PerMember<Member> members, int size, Ranking ranking, Optional<ReadyPoint> best, @Nullable Edit edit) {
        this.members = members;
        this.size = size;
        this.ranking = ranking;
        this.best = best;
        this.edit = edit;
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
        Edit edit = new Edit();
        PerMember<Member> all = PerMember.empty();
        List<ReadyPoint> published = new ArrayList<>();
        for (Member member : members) {
            all = all.with(member.id(), member, edit);
            member.last().ifPresent(published::add);
        }
        return new Population(all, members.size(), Ranking.of(published), best, null);
    }

    /** Returns the number of members; it never changes during a study. */
    public int size() {
        return size;
    }

    /** Returns a member. */
    public Member get(MemberId id) {
        requireNotUsedUp();
        Member member = members.at(id.index());
        if (member == null) {
            throw new IllegalArgumentException("There is no member %s; members are 0 to %s".formatted(id, size - 1));
        }
        return member;
    }

    /** Returns the members' latest published results from best to worst. Those who have published nothing since they copied are not in it. */
    public Ranking ranking() {
        requireNotUsedUp();
        return ranking;
    }

    /** Returns this population under another ranking, of results that are not the latest, say. */
    public Population ranked(Ranking other) {
        requireNotUsedUp();
        return new Population(members, size, other, best, null);
    }

    /** Returns the best result that any member ever published; empty as long as there is no valid one. */
    public Optional<ReadyPoint> best() {
        return best;
    }

    /** Returns this population with one member replaced by its next state. */
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"}) // What was not published anew is the same object.
    public Population with(Member changed) {
        Member before = get(changed.id());
        Ranking ranked = ranking;
        Optional<ReadyPoint> bestNow = best;
        if (before.last() != changed.last()) {
            if (before.last().isPresent()) {
                ranked = ranked.without(before.last().get(), edit);
            }
            if (changed.last().isPresent()) {
                ReadyPoint point = changed.last().get();
                ranked = ranked.with(point, edit);
                if (point.isDonor()
                        && (best.isEmpty() || point.fitness() > best.get().fitness())) {
                    bestNow = changed.last();
                }
            }
        }
        usedUp = edit != null;
        return new Population(members.with(changed.id(), changed, edit), size, ranked, bestNow, edit);
    }

    /** Returns this population with the best result taken from those that are ranked now: the one that it had was lost. */
    public Population withBestOfRanked() {
        Optional<ReadyPoint> first = ranking.valid() > 0 ? Optional.of(ranking.at(0)) : Optional.empty();
        usedUp = edit != null;
        return new Population(members, size, ranking, first, edit);
    }

    private void requireNotUsedUp() {
        if (usedUp) {
            throw new IllegalStateException(
                    "This population was open and has been changed; only what it was changed into"
                            + " may be used.\nMaybe keep what closed() returns?");
        }
    }

    /**
     * Returns an open population of the same members; this one stays as it is. {@link #with} uses up the open population that it is called
     * on: only the one that it returns may be used from then on, on the same thread. What was used up throws
     * {@link IllegalStateException}.
     */
    public Population opened() {
        requireNotUsedUp();
        return new Population(members, size, ranking, best, new Edit());
    }

    /** Returns this population as it stands, immutable whether or not it is open. An open one may be changed on. */
    public Population closed() {
        requireNotUsedUp();
        if (edit != null) {
            // What is returned shares everything that this edit has made.
            edit = new Edit();
        }
        return new Population(members, size, ranking, best, null);
    }

    /** Iterates over the members by index. */
    @Override
    public Iterator<Member> iterator() {
        return IntStream.range(0, size).mapToObj(i -> get(new MemberId(i))).iterator();
    }
}
