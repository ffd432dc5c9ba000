package org.evolvent.core.population;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.evolvent.core.random.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * The published ready points from best to worst, at most one a member. Immutable; {@link #with} and {@link #without} share all but
 * O(log n) nodes with this ranking, so that 10^5 members can be ranked anew at every event.
 *
 * <p>Ties are broken by a hash of member and interval: deterministic, and in nobody's favour. Internally a treap (Seidel and Aragon,
 * 1996) whose priorities are hashes of the members, with subtree sizes for selection by rank.
 */
public final class Ranking implements Iterable<ReadyPoint> {
    /** The ranking of nobody. */
    public static final Ranking EMPTY = new Ranking(null);

    private record Node(
            ReadyPoint point,
            long priority,
            int size,
            @Nullable Node better,
            @Nullable Node worse) {
        static Node of(ReadyPoint point, long priority, @Nullable Node better, @Nullable Node worse) {
            return new Node(point, priority, 1 + sizeOf(better) + sizeOf(worse), better, worse);
        }

        Node withBetter(@Nullable Node subtree) {
            return of(point, priority, subtree, worse);
        }

        Node withWorse(@Nullable Node subtree) {
            return of(point, priority, better, subtree);
        }
    }

    private final @Nullable Node root;

    private Ranking(@Nullable Node root) {
        this.root = root;
    }

    /** Returns the number of ready points. */
    public int size() {
        return sizeOf(root);
    }

    /** Returns this ranking with one more point, whose member must not be in it. */
    public Ranking with(ReadyPoint point) {
        return new Ranking(insert(root, point, Randomness.mix(point.member().index())));
    }

    /** Returns this ranking without a point that is in it. */
    public Ranking without(ReadyPoint point) {
        return new Ranking(remove(root, point));
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
        @Nullable Node node = root;
        int left = rank;
        while (node != null) {
            if (left < sizeOf(node.better)) {
                node = node.better;
            } else if (left == sizeOf(node.better)) {
                return node.point;
            } else {
                left -= sizeOf(node.better) + 1;
                node = node.worse;
            }
        }
        throw new IllegalStateException("A subtree is smaller than its size says");
    }

    /** Returns the number of points that rank before the given one, be it in this ranking or not. */
    public int rankOf(ReadyPoint point) {
        int rank = 0;
        @Nullable Node node = root;
        while (node != null) {
            int order = compare(point, node.point);
            if (order <= 0) {
                node = node.better;
            } else {
                rank += sizeOf(node.better) + 1;
                node = node.worse;
            }
        }
        return rank;
    }

    /** Returns the number of points that others may copy; they are those of the lowest ranks. */
    public int valid() {
        int valid = 0;
        @Nullable Node node = root;
        while (node != null) {
            if (node.point.score().isValid()) {
                valid += sizeOf(node.better) + 1;
                node = node.worse;
            } else {
                node = node.better;
            }
        }
        return valid;
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

    private static int compare(ReadyPoint a, ReadyPoint b) {
        int byFitness = Double.compare(b.fitness(), a.fitness());
        if (byFitness != 0) {
            return byFitness;
        }
        int byHash = Long.compare(tieBreak(a), tieBreak(b));
        return byHash != 0 ? byHash : a.member().compareTo(b.member());
    }

    private static long tieBreak(ReadyPoint point) {
        return Randomness.mix(Randomness.mix(point.member().index()) ^ point.interval());
    }

    private static int sizeOf(@Nullable Node node) {
        return node == null ? 0 : node.size;
    }

    private static Node insert(@Nullable Node node, ReadyPoint point, long priority) {
        if (node == null) {
            return Node.of(point, priority, null, null);
        }
        if (compare(point, node.point) < 0) {
            Node grown = insert(node.better, point, priority);
            return grown.priority > node.priority
                    ? grown.withWorse(node.withBetter(grown.worse))
                    : node.withBetter(grown);
        }
        Node grown = insert(node.worse, point, priority);
        return grown.priority > node.priority ? grown.withBetter(node.withWorse(grown.better)) : node.withWorse(grown);
    }

    private static @Nullable Node remove(@Nullable Node node, ReadyPoint point) {
        if (node == null) {
            throw new IllegalArgumentException("Member %s is not in the ranking".formatted(point.member()));
        }
        int order = compare(point, node.point);
        if (order < 0) {
            return node.withBetter(remove(node.better, point));
        }
        if (order > 0) {
            return node.withWorse(remove(node.worse, point));
        }
        return join(node.better, node.worse);
    }

    private static @Nullable Node join(@Nullable Node better, @Nullable Node worse) {
        if (better == null) {
            return worse;
        }
        if (worse == null) {
            return better;
        }
        return better.priority > worse.priority
                ? better.withWorse(join(better.worse, worse))
                : worse.withBetter(join(better, worse.better));
    }
}
