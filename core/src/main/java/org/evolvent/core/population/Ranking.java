package org.evolvent.core.population;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The published ready points from best to worst, at most one a member. Immutable; {@link #with} and {@link #without} share all but
 * O(log n) nodes with this ranking, so that 10^5 members can be ranked anew at every event.
 *
 * <p>Ties are broken by a hash of member, interval and the study's seed: deterministic, and in nobody's favour.
 */
public final class Ranking implements Iterable<ReadyPoint> {
    /** The ranking of nobody. */
    public static final Ranking EMPTY = new Ranking(RankedNode.empty(0));

    private final RankedNode root;

    private Ranking(RankedNode root) {
        this.root = root;
    }

    /** Returns the ranking of some points of different members, whose ties no seed breaks. */
    public static Ranking of(Iterable<ReadyPoint> points) {
        return EMPTY.anew(points);
    }

    /**
     * Returns the ranking of nobody.
     *
     * @param seed breaks ties
     */
    static Ranking empty(long seed) {
        return new Ranking(RankedNode.empty(seed));
    }

    /** Returns the ranking of other points of different members, whose ties are broken as in this one. */
    public Ranking anew(Iterable<ReadyPoint> points) {
        Edit edit = new Edit();
        Ranking ranking = empty(root.salt());
        for (ReadyPoint point : points) {
            ranking = ranking.with(point, edit);
        }
        return ranking;
    }

    /** Returns the number of ready points. */
    public int size() {
        return root.size();
    }

    /** Returns this ranking with one more point, whose member must not be in it. */
    public Ranking with(ReadyPoint point) {
        return with(point, null);
    }

    Ranking with(ReadyPoint point, @Nullable Edit edit) {
        return new Ranking(RankedNode.with(root, point, edit));
    }

    /** Returns this ranking without a point that is in it. */
    public Ranking without(ReadyPoint point) {
        return without(point, null);
    }

    Ranking without(ReadyPoint point, @Nullable Edit edit) {
        return new Ranking(RankedNode.without(root, point, edit));
    }

    /**
     * Returns the point at a rank.
     *
     * @param rank from 0 (best) to size - 1 (worst)
     */
    public ReadyPoint at(int rank) {
        if (rank < 0 || rank >= size()) {
            throw new IndexOutOfBoundsException("The rank is %s but must be from 0 to %s".formatted(rank, size() - 1));
        }
        return root.at(rank);
    }

    /** Returns the number of points that rank before the given one, be it in this ranking or not. */
    public int rankOf(ReadyPoint point) {
        return root.before(point);
    }

    /** Returns the number of points that others may copy; they are those of the lowest ranks. */
    public int valid() {
        return root.above(Double.NEGATIVE_INFINITY);
    }

    /** Iterates from best to worst. */
    @Override
    public Iterator<ReadyPoint> iterator() {
        return new Iterator<>() {
            private int rank;

            @Override
            public boolean hasNext() {
                return rank < size();
            }

            @Override
            public ReadyPoint next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return at(rank++);
            }
        };
    }
}
