package org.evolvent.views.internal.tree;

import java.util.OptionalInt;

/**
 * What is looked at.
 *
 * @param from where on the axis it begins
 * @param to where it ends, after it begins
 * @param rows the rows that there is room for, at least 1
 * @param root an interval: only its line and what descends from it; empty for all
 * @param isLivingOnly only the living and their ancestors
 */
public record Window(long from, long to, int rows, OptionalInt root, boolean isLivingOnly) {
    public Window {
        if (to <= from) {
            throw new IllegalArgumentException("to is %s but must be more than from, which is %s".formatted(to, from));
        }
        if (rows < 1) {
            throw new IllegalArgumentException("rows is %s but must be at least 1".formatted(rows));
        }
    }

    /** Returns all of a forest. */
    public static Window whole(int rows) {
        return new Window(Long.MIN_VALUE, Long.MAX_VALUE, rows, OptionalInt.empty(), false);
    }

    /** Returns another part of the axis. */
    public Window between(long first, long last) {
        return new Window(first, last, rows, root, isLivingOnly);
    }

    /** Returns what descends from an interval's line. */
    public Window below(int node) {
        return new Window(from, to, rows, OptionalInt.of(node), isLivingOnly);
    }

    /** Returns the living and their ancestors. */
    public Window living() {
        return new Window(from, to, rows, root, true);
    }
}
