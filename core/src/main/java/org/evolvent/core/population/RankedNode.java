package org.evolvent.core.population;

import org.evolvent.core.random.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * A node of a B+ tree of ready points from best to worst that counts its points (Bayer and McCreight 1972). A change copies the nodes
 * between it and the root, except those that its {@link Edit} has made. Wide nodes keep what is compared side by side in memory; in a
 * binary tree of 10^5 points nearly every comparison waits for the memory.
 */
final class RankedNode {
    private static final int MOST = 64;
    private static final int LEAST = MOST / 2;
    private static final RankedNode[] CHILDLESS = {};
    private static final int[] SIZELESS = {};
    private static final ReadyPoint[] BLANK_POINTS = new ReadyPoint[MOST + 1];
    private static final RankedNode[] BLANK_CHILDREN = new RankedNode[MOST + 1];

    private final @Nullable Edit edit;

    /** What breaks ties is a hash of member, interval and this. */
    private final long salt;

    /** The number of points here and below. */
    private int size;

    /** The number of points of a leaf, or of children of a branch. There is room for one more than {@code MOST}, until the node is split. */
    private int entries;

    /** The points of a leaf, or the first one below each child. */
    private final ReadyPoint[] points = new ReadyPoint[MOST + 1];

    /** The fitness of these points. */
    private final double[] fitness = new double[MOST + 1];

    /** What breaks ties among these points: a hash, deterministic and in nobody's favour. */
    private final long[] ties = new long[MOST + 1];

    /** Empty in a leaf. */
    private final RankedNode[] children;

    /** The number of points below each child; empty in a leaf. */
    private final int[] sizes;

    private RankedNode(@Nullable Edit edit, long salt, boolean isLeaf) {
        this.edit = edit;
        this.salt = salt;
        this.children = isLeaf ? CHILDLESS : new RankedNode[MOST + 1];
        this.sizes = isLeaf ? SIZELESS : new int[MOST + 1];
    }

    /**
     * Returns the empty tree.
     *
     * @param salt what breaks ties is a hash of member, interval and this
     */
    static RankedNode empty(long salt) {
        return new RankedNode(null, salt, true);
    }

    long salt() {
        return salt;
    }

    int size() {
        return size;
    }

    private boolean isLeaf() {
        return children.length == 0;
    }

    ReadyPoint at(int rank) {
        RankedNode node = this;
        int left = rank;
        while (!node.isLeaf()) {
            int child = 0;
            while (left >= node.sizes[child]) {
                left -= node.sizes[child++];
            }
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
            rank += node.sizeBefore(child);
            node = node.children[child];
        }
        return rank + node.entriesBefore(point);
    }

    /** Returns the number of points with more than a fitness. */
    int above(double bound) {
        RankedNode node = this;
        int count = 0;
        while (true) {
            int entry = node.entries;
            while (entry > 0 && node.fitness[entry - 1] <= bound) {
                entry--;
            }
            if (node.isLeaf() || entry == 0) {
                return count + entry;
            }
            count += node.sizeBefore(entry - 1);
            node = node.children[entry - 1];
        }
    }

    /** Returns the tree with one more point. */
    static RankedNode with(RankedNode root, ReadyPoint point, @Nullable Edit edit) {
        RankedNode grown = root.with(point, edit);
        if (grown.entries <= MOST) {
            return grown;
        }
        RankedNode higher = new RankedNode(edit, root.salt, false);
        higher.insert(0, grown);
        higher.split(0);
        return higher;
    }

    /** Returns the tree without a point that is in it. */
    static RankedNode without(RankedNode root, ReadyPoint point, @Nullable Edit edit) {
        RankedNode shrunk = root.without(point, edit);
        return !shrunk.isLeaf() && shrunk.entries == 1 ? shrunk.children[0] : shrunk;
    }

    private RankedNode with(ReadyPoint point, @Nullable Edit by) {
        RankedNode changed = editable(by);
        if (isLeaf()) {
            changed.insert(entriesBefore(point), point);
        } else {
            int child = childOf(point);
            changed.set(child, children[child].with(point, by));
            if (changed.children[child].entries > MOST) {
                changed.split(child);
            }
        }
        return changed;
    }

    private RankedNode without(ReadyPoint point, @Nullable Edit by) {
        if (isLeaf()) {
            int place = entriesBefore(point);
            if (place == entries || compare(place, point) != 0) {
                throw new IllegalArgumentException("Member %s is not in the ranking".formatted(point.member()));
            }
            RankedNode changed = editable(by);
            changed.remove(place);
            return changed;
        }
        int child = childOf(point);
        RankedNode shrunk = children[child].without(point, by);
        RankedNode changed = editable(by);
        changed.set(child, shrunk);
        if (shrunk.entries < LEAST) {
            changed.fill(StrictMath.max(child - 1, 0));
        }
        return changed;
    }

    /** Returns this node if the edit made it, or else a copy that the edit may change. */
    @SuppressWarnings("ReferenceEquality")
    private RankedNode editable(@Nullable Edit by) {
        if (edit != null && edit == by) {
            return this;
        }
        RankedNode copy = new RankedNode(by, salt, isLeaf());
        copy.take(this, 0, entries, 0);
        return copy;
    }

    /** Moves the second half of a child that is too wide into a new one behind it. */
    private void split(int child) {
        RankedNode first = children[child];
        RankedNode second = new RankedNode(first.edit, salt, first.isLeaf());
        int half = first.entries / 2;
        second.take(first, half, first.entries, 0);
        first.drop(half, first.entries);
        set(child, first);
        insert(child + 1, second);
    }

    /** Joins a child and the next one, or, when they are too many for one, shares their entries between them. */
    private void fill(int child) {
        RankedNode first = children[child].editable(edit);
        RankedNode second = children[child + 1];
        int both = first.entries + second.entries;
        if (both <= MOST) {
            first.take(second, 0, second.entries, first.entries);
            remove(child + 1);
        } else {
            second = second.editable(edit);
            int half = both / 2;
            if (first.entries < half) {
                int moved = half - first.entries;
                first.take(second, 0, moved, first.entries);
                second.drop(0, moved);
            } else {
                second.take(first, half, first.entries, 0);
                first.drop(half, first.entries);
            }
            set(child + 1, second);
        }
        set(child, first);
    }

    private void insert(int place, ReadyPoint point) {
        open(place, 1);
        points[place] = point;
        fitness[place] = point.fitness();
        ties[place] = tie(point);
        size++;
    }

    private void insert(int place, RankedNode child) {
        open(place, 1);
        sizes[place] = 0;
        set(place, child);
    }

    private void set(int place, RankedNode child) {
        size += child.size - sizes[place];
        children[place] = child;
        sizes[place] = child.size;
        points[place] = child.points[0];
        fitness[place] = child.fitness[0];
        ties[place] = child.ties[0];
    }

    private void remove(int place) {
        drop(place, place + 1);
    }

    /** Copies the entries of another node from one to before another to a place in this one. */
    private void take(RankedNode other, int from, int to, int place) {
        int count = to - from;
        open(place, count);
        System.arraycopy(other.points, from, points, place, count);
        System.arraycopy(other.fitness, from, fitness, place, count);
        System.arraycopy(other.ties, from, ties, place, count);
        if (isLeaf()) {
            size += count;
        } else {
            System.arraycopy(other.children, from, children, place, count);
            System.arraycopy(other.sizes, from, sizes, place, count);
            size += sum(place, place + count);
        }
    }

    /** Removes the entries from one to before another. */
    private void drop(int from, int to) {
        size -= isLeaf() ? to - from : sum(from, to);
        move(to, from);
        int dropped = to - from;
        entries -= dropped;
        // What is not an entry any more must not be kept from the garbage collector.
        System.arraycopy(BLANK_POINTS, 0, points, entries, dropped);
        if (!isLeaf()) {
            System.arraycopy(BLANK_CHILDREN, 0, children, entries, dropped);
        }
    }

    /** Makes room for entries at a place. */
    private void open(int place, int count) {
        move(place, place + count);
        entries += count;
    }

    /** Moves the entries from one on to another place. */
    private void move(int from, int to) {
        int count = entries - from;
        System.arraycopy(points, from, points, to, count);
        System.arraycopy(fitness, from, fitness, to, count);
        System.arraycopy(ties, from, ties, to, count);
        if (!isLeaf()) {
            System.arraycopy(children, from, children, to, count);
            System.arraycopy(sizes, from, sizes, to, count);
        }
    }

    private int sizeBefore(int child) {
        return sum(0, child);
    }

    private int sum(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += sizes[i];
        }
        return sum;
    }

    /** Returns the child below which a point is, or would be. */
    private int childOf(ReadyPoint point) {
        return StrictMath.max(0, entriesBefore(point, true) - 1);
    }

    private int entriesBefore(ReadyPoint point) {
        return entriesBefore(point, false);
    }

    /** Returns the number of entries that rank before a point, or are that point. */
    private int entriesBefore(ReadyPoint point, boolean orAre) {
        int low = 0;
        int high = entries;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, point) < (orAre ? 1 : 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Compares an entry with a point; below 0 when it ranks before it. */
    private int compare(int entry, ReadyPoint point) {
        if (fitness[entry] > point.fitness()) {
            return -1;
        }
        if (fitness[entry] < point.fitness()) {
            return 1;
        }
        int byTie = Long.compare(ties[entry], tie(point));
        return byTie != 0 ? byTie : points[entry].member().compareTo(point.member());
    }

    private long tie(ReadyPoint point) {
        return Randomness.mix(Randomness.mix(point.member().index()) ^ point.interval() ^ salt);
    }
}
