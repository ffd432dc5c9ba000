package org.evolvent.views.internal.tree;

/**
 * The axis cut into equal columns: as long as the longest time that all intervals are a multiple of, where that needs few, else as many
 * as a screen has pixels.
 *
 * @param origin where the first begins
 * @param width how long each is, in what the axis counts
 * @param count how many there are, at least 1
 */
record Columns(long origin, double width, int count) {
    private static final int MOST = 2048;

    /** Returns those that hold some intervals, cut off where a window ends. */
    static Columns of(Forest forest, int size, Window window) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int node = 0; node < size; node++) {
            if (forest.to(node) > window.from() && forest.from(node) < window.to()) {
                first = Math.min(first, forest.from(node));
                last = Math.max(last, forest.to(node));
            }
        }
        if (first >= last) {
            return new Columns(0, 1, 1);
        }
        first = Math.max(first, window.from());
        last = Math.min(last, window.to());
        long common = last - first;
        for (int node = 0; node < size && (last - first) / common <= MOST; node++) {
            common = withinOf(common, forest.from(node), first, last);
            common = withinOf(common, forest.to(node), first, last);
        }
        long exact = (last - first) / common;
        return exact <= MOST
                ? new Columns(first, common, (int) exact)
                : new Columns(first, (last - first) / (double) MOST, MOST);
    }

    private static long withinOf(long common, long at, long first, long last) {
        long a = common;
        long b = at > first && at < last ? at - first : 0;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /** Returns the column that a moment is in, from 0 to the count: that is the right edge. */
    int at(long moment) {
        return (int) Math.max(0, Math.min(count, Math.floor((moment - origin) / width)));
    }

    /** Returns the first column that begins at a moment or after it, or the count. */
    int after(long moment) {
        return (int) Math.max(0, Math.min(count, Math.ceil((moment - origin) / width)));
    }

    /** Returns where a column begins. */
    long start(int column) {
        return origin + Math.round(column * width);
    }
}
