package org.evolvent.views.internal.tree;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The lines of which a window shows some part, with what each is worth. Lines are known by the index of their first interval. */
final class Lineages {
    /** A living line counts for so many. */
    private static final int LIVING_WORTH = 3;

    private final Forest forest;
    private final Chains chains;
    private final Window window;
    private final boolean[] isVisible;
    private final int[] first;
    private final int[] last;
    private final long[] worth;
    private final BitSet needed = new BitSet();
    private final List<Integer> lines = new ArrayList<>();

    /**
     * Finds the lines of a window.
     *
     * @param basis what they are weighed by: intervals that came later are visible, and weigh nothing
     */
    Lineages(Forest forest, Chains chains, Basis basis, Window window) {
        this.forest = forest;
        this.chains = chains;
        this.window = window;
        int size = forest.size();
        isVisible = new boolean[size];
        first = new int[size];
        last = new int[size];
        worth = new long[size];
        findVisible();
        weigh(basis);
        for (int node = basis.spine(); node >= 0; node = forest.parent(node)) {
            if (isVisible[node]) {
                needed.set(chains.line(node));
            }
        }
    }

    private void findVisible() {
        int size = forest.size();
        boolean[] isLiving = window.isLivingOnly() ? livingAncestry() : new boolean[0];
        boolean[] isBelow = new boolean[window.root().isPresent() ? size : 0];
        int root = window.root().isPresent() ? chains.line(window.root().getAsInt()) : -1;
        for (int node = 0; node < size; node++) {
            if (root >= 0) {
                int parent = forest.parent(node);
                isBelow[node] = node == root || (parent >= 0 && isBelow[parent]);
            }
            isVisible[node] = forest.to(node) > window.from()
                    && chains.start(node) < window.to()
                    && (root < 0 || isBelow[node])
                    && (!window.isLivingOnly() || isLiving[node]);
        }
        for (int node = size - 1; node >= 0; node--) {
            if (isVisible[node]) {
                first[chains.line(node)] = node;
            }
        }
        for (int node = 0; node < size; node++) {
            if (isVisible[node]) {
                last[chains.line(node)] = node;
                if (first[chains.line(node)] == node) {
                    lines.add(chains.line(node));
                }
            }
        }
    }

    private boolean[] livingAncestry() {
        boolean[] isLiving = new boolean[forest.size()];
        for (int node = forest.best(); node >= 0; node = forest.parent(node)) {
            isLiving[node] = true;
        }
        for (int node = forest.size() - 1; node >= 0; node--) {
            isLiving[node] |= forest.lives(node);
            if (isLiving[node] && forest.parent(node) >= 0) {
                isLiving[forest.parent(node)] = true;
            }
        }
        return isLiving;
    }

    private void weigh(Basis basis) {
        int[] count = new int[forest.size()];
        boolean[] lives = new boolean[forest.size()];
        basis.living().stream()
                .filter(node -> chains.next(node) < 0 || chains.next(node) >= basis.size())
                .forEach(node -> lives[chains.line(node)] = true);
        for (int node = basis.size() - 1; node >= 0; node--) {
            if (!isVisible[node]) {
                continue;
            }
            int line = chains.line(node);
            count[line]++;
            if (first[line] == node) {
                worth[line] = Math.max(worth[line], (long) count[line] * (lives[line] ? LIVING_WORTH : 1));
                int parent = parent(line);
                if (parent >= 0) {
                    count[parent] += count[line];
                    worth[parent] = Math.max(worth[parent], worth[line] + 1);
                }
            }
        }
    }

    /** Returns all lines of the window, by their first visible interval. */
    List<Integer> lines() {
        return lines;
    }

    /** Returns the lines that a basis knows, the worthiest first: no line comes before the one that it began in. */
    List<Integer> worthiest(Basis basis) {
        List<Integer> known = new ArrayList<>(lines);
        known.removeIf(line -> first[line] >= basis.size());
        known.sort((a, b) -> {
            if (needed.get(a) != needed.get(b)) {
                return needed.get(a) ? -1 : 1;
            }
            return worth[a] != worth[b] ? Long.compare(worth[b], worth[a]) : Integer.compare(a, b);
        });
        return known;
    }

    /** Returns how many lines must be shown, whatever the room: those of the best's ancestry. */
    int needed() {
        return needed.cardinality();
    }

    boolean isVisible(int node) {
        return isVisible[node];
    }

    /** Returns the first interval of a line that is visible. */
    int first(int line) {
        return first[line];
    }

    /** Returns the last interval of a line that is visible. */
    int last(int line) {
        return last[line];
    }

    /** Returns the line that a line began in; -1 where that is not visible, or there is none. */
    int parent(int line) {
        int parent = forest.parent(first[line]);
        return parent >= 0 && isVisible[parent] && chains.line(parent) != line ? chains.line(parent) : -1;
    }
}
