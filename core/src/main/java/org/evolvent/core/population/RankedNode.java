package org.evolvent.core.population;

import java.util.Arrays;
import java.util.function.Predicate;
import org.evolvent.core.random.Randomness;

/**
 * A node of a B+ tree of ready points from best to worst that counts its points (Bayer and McCreight 1972). Immutable: a change copies
 * the nodes between it and the root. Wide nodes keep what is compared side by side in memory; in a binary tree of 10^5 points nearly
 * every comparison waits for the memory.
 */
final class RankedNode {
    private static final int MOST = 16;
    private static final int LEAST = MOST / 2;
    private static final ReadyPoint[] POINTLESS = {};
    private static final RankedNode[] CHILDLESS = {};
    private static final int[] ENDLESS = {};

    /** A leaf without points: the empty tree. */
    static final RankedNode EMPTY = leaf(new double[0], POINTLESS);

    /** The fitness of the points of a leaf, or of the first point below each child. */
    private final double[] fitness;

    /** Empty in a branch. */
    private final ReadyPoint[] points;

    /** Empty in a leaf. */
    private final RankedNode[] children;

    /** The number of points below each child and those before it. */
    private final int[] ends;

    private RankedNode(double[] fitness, ReadyPoint[] points, RankedNode[] children, int[] ends) {
        this.fitness = fitness;
        this.points = points;
        this.children = children;
        this.ends = ends;
    }

    private static RankedNode leaf(double[] fitness, ReadyPoint[] points) {
        return new RankedNode(fitness, points, CHILDLESS, ENDLESS);
    }

    private static RankedNode branch(RankedNode... children) {
        double[] fitness = new double[children.length];
        int[] ends = new int[children.length];
        int size = 0;
        for (int i = 0; i < children.length; i++) {
            fitness[i] = children[i].fitness[0];
            size += children[i].size();
            ends[i] = size;
        }
        return new RankedNode(fitness, POINTLESS, children, ends);
    }

    int size() {
        return isLeaf() ? points.length : ends[ends.length - 1];
    }

    private boolean isLeaf() {
        return children.length == 0;
    }

    ReadyPoint at(int rank) {
        RankedNode node = this;
        int left = rank;
        while (!node.isLeaf()) {
            int child = 0;
            while (node.ends[child] <= left) {
                child++;
            }
            left -= node.startOf(child);
            node = node.children[child];
        }
        return node.points[left];
    }

    /** Returns the number of points that rank before one. */
    int before(ReadyPoint point) {
        RankedNode node = this;
        int rank = 0;
        while (!node.isLeaf()) {
            int child = node.childOf(point);
            rank += node.startOf(child);
            node = node.children[child];
        }
        return rank + node.entriesBefore(point);
    }

    /** Returns the number of points that a predicate holds for; it must hold for all that rank before one for which it does. */
    int countWhile(Predicate<ReadyPoint> predicate) {
        RankedNode node = this;
        int count = 0;
        while (true) {
            int holds = 0;
            while (holds < node.fitness.length && predicate.test(node.first(holds))) {
                holds++;
            }
            if (node.isLeaf()) {
                return count + holds;
            }
            if (holds == 0) {
                return count;
            }
            count += node.startOf(holds - 1);
            node = node.children[holds - 1];
        }
    }

    /** Returns the tree with one more point. */
    static RankedNode with(RankedNode root, ReadyPoint point) {
        RankedNode grown = root.with(point);
        return grown.fitness.length > MOST ? branch(grown.part(0), grown.part(1)) : grown;
    }

    /** Returns the tree without a point that is in it. */
    static RankedNode without(RankedNode root, ReadyPoint point) {
        RankedNode shrunk = root.without(point);
        return shrunk.children.length == 1 ? shrunk.children[0] : shrunk;
    }

    private RankedNode with(ReadyPoint point) {
        if (isLeaf()) {
            int place = entriesBefore(point);
            ReadyPoint[] more = new ReadyPoint[points.length + 1];
            System.arraycopy(points, 0, more, 0, place);
            more[place] = point;
            System.arraycopy(points, place, more, place + 1, points.length - place);
            double[] moreFitness = new double[more.length];
            System.arraycopy(fitness, 0, moreFitness, 0, place);
            moreFitness[place] = point.fitness();
            System.arraycopy(fitness, place, moreFitness, place + 1, points.length - place);
            return leaf(moreFitness, more);
        }
        int child = childOf(point);
        return replaced(child, child + 1, children[child].with(point));
    }

    private RankedNode without(ReadyPoint point) {
        if (isLeaf()) {
            int place = entriesBefore(point);
            if (place == points.length || compare(place, point) != 0) {
                throw new IllegalArgumentException("Member %s is not in the ranking".formatted(point.member()));
            }
            ReadyPoint[] fewer = new ReadyPoint[points.length - 1];
            System.arraycopy(points, 0, fewer, 0, place);
            System.arraycopy(points, place + 1, fewer, place, fewer.length - place);
            double[] fewerFitness = new double[fewer.length];
            System.arraycopy(fitness, 0, fewerFitness, 0, place);
            System.arraycopy(fitness, place + 1, fewerFitness, place, fewer.length - place);
            return leaf(fewerFitness, fewer);
        }
        int child = childOf(point);
        RankedNode shrunk = children[child].without(point);
        if (shrunk.fitness.length >= LEAST) {
            return replaced(child, child + 1, shrunk);
        }
        return child > 0
                ? replaced(child - 1, child + 1, children[child - 1].joined(shrunk))
                : replaced(child, child + 2, shrunk.joined(children[child + 1]));
    }

    /** Returns this branch with another child, in two parts if it is too wide, instead of those from one to before another. */
    private RankedNode replaced(int from, int to, RankedNode child) {
        return child.fitness.length > MOST
                ? replaced(from, to, new RankedNode[] {child.part(0), child.part(1)})
                : replaced(from, to, new RankedNode[] {child});
    }

    /** Looks at none of the other children: there are many, and they are far away in memory. */
    private RankedNode replaced(int from, int to, RankedNode[] middle) {
        int length = children.length - (to - from) + middle.length;
        int after = from + middle.length;
        RankedNode[] newChildren = new RankedNode[length];
        System.arraycopy(children, 0, newChildren, 0, from);
        System.arraycopy(children, to, newChildren, after, children.length - to);
        double[] newFitness = new double[length];
        System.arraycopy(fitness, 0, newFitness, 0, from);
        System.arraycopy(fitness, to, newFitness, after, fitness.length - to);
        int[] newEnds = new int[length];
        System.arraycopy(ends, 0, newEnds, 0, from);
        int size = startOf(from);
        for (int i = 0; i < middle.length; i++) {
            size += middle[i].size();
            newChildren[from + i] = middle[i];
            newFitness[from + i] = middle[i].fitness[0];
            newEnds[from + i] = size;
        }
        int grown = size - ends[to - 1];
        for (int i = to; i < ends.length; i++) {
            newEnds[after + i - to] = ends[i] + grown;
        }
        return new RankedNode(newFitness, POINTLESS, newChildren, newEnds);
    }

    /** Returns the first or the second half. */
    private RankedNode part(int half) {
        int middle = fitness.length / 2;
        int from = half == 0 ? 0 : middle;
        int to = half == 0 ? middle : fitness.length;
        return isLeaf()
                ? leaf(Arrays.copyOfRange(fitness, from, to), Arrays.copyOfRange(points, from, to))
                : branch(Arrays.copyOfRange(children, from, to));
    }

    private RankedNode joined(RankedNode next) {
        if (!isLeaf()) {
            return branch(concatenated(children, next.children));
        }
        double[] both = Arrays.copyOf(fitness, fitness.length + next.fitness.length);
        System.arraycopy(next.fitness, 0, both, fitness.length, next.fitness.length);
        return leaf(both, concatenated(points, next.points));
    }

    private static <T> T[] concatenated(T[] first, T[] second) {
        T[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private int startOf(int child) {
        return child == 0 ? 0 : ends[child - 1];
    }

    /** Returns the child below which a point is, or would be. */
    private int childOf(ReadyPoint point) {
        int before = entriesBefore(point);
        boolean isFirst = before < fitness.length && compare(before, point) == 0;
        return isFirst ? before : StrictMath.max(0, before - 1);
    }

    private int entriesBefore(ReadyPoint point) {
        int low = 0;
        int high = fitness.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, point) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Compares an entry with a point; below 0 when it ranks before it. Ties are broken by a hash of member and interval. */
    @SuppressWarnings(
            "ReferenceEquality") // A point that is looked for is mostly found, and needs no look at what is in it.
    private int compare(int entry, ReadyPoint point) {
        int byFitness = Double.compare(point.fitness(), fitness[entry]);
        if (byFitness != 0) {
            return byFitness;
        }
        ReadyPoint here = first(entry);
        if (here == point) {
            return 0;
        }
        int byHash = Long.compare(tieBreak(here), tieBreak(point));
        return byHash != 0 ? byHash : here.member().compareTo(point.member());
    }

    /** Returns the point of an entry, or the first one below it. */
    private ReadyPoint first(int entry) {
        RankedNode node = this;
        int place = entry;
        while (!node.isLeaf()) {
            node = node.children[place];
            place = 0;
        }
        return node.points[place];
    }

    private static long tieBreak(ReadyPoint point) {
        return Randomness.mix(Randomness.mix(point.member().index()) ^ point.interval());
    }
}
