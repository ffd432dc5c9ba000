package org.evolvent.views.internal.tree;

import java.util.Arrays;

/**
 * Lines: chains of intervals. At a fork one child goes on straight: the one in the best's ancestry, else the one with most living
 * descendants, then the one that reached furthest, then the larger. Which member owned it does not matter.
 */
final class Chains {
    private final Forest forest;
    private final int[] next;
    private final int[] line;
    private final boolean[] isAncestor;

    /** Chains all intervals: those of a basis by its rules, later ones as they came. */
    Chains(Forest forest, Basis basis) {
        this.forest = forest;
        int size = forest.size();
        next = new int[size];
        line = new int[size];
        isAncestor = new boolean[size];
        Arrays.fill(next, -1);
        for (int node = basis.spine(); node >= 0; node = forest.parent(node)) {
            isAncestor[node] = true;
        }
        chooseNext(basis);
        for (int node = 0; node < size; node++) {
            int parent = forest.parent(node);
            if (node >= basis.size() && parent >= 0 && next[parent] < 0) {
                next[parent] = node;
            }
            line[node] = parent >= 0 && next[parent] == node ? line[parent] : node;
        }
    }

    private void chooseNext(Basis basis) {
        int[] living = new int[basis.size()];
        int[] count = new int[basis.size()];
        long[] reach = new long[basis.size()];
        for (int node = basis.size() - 1; node >= 0; node--) {
            living[node] += basis.living().get(node) ? 1 : 0;
            count[node]++;
            reach[node] = Math.max(reach[node], forest.to(node));
            int parent = forest.parent(node);
            if (parent < 0) {
                continue;
            }
            living[parent] += living[node];
            count[parent] += count[node];
            reach[parent] = Math.max(reach[parent], reach[node]);
            int rival = next[parent];
            if (rival < 0 || goesOnBefore(node, rival, living, reach, count)) {
                next[parent] = node;
            }
        }
    }

    private boolean goesOnBefore(int node, int rival, int[] living, long[] reach, int[] count) {
        if (isAncestor[node] != isAncestor[rival]) {
            return isAncestor[node];
        }
        if (living[node] != living[rival]) {
            return living[node] > living[rival];
        }
        if (reach[node] != reach[rival]) {
            return reach[node] > reach[rival];
        }
        return count[node] >= count[rival];
    }

    /** Returns the line that an interval is in, which is the index of its first interval. */
    int line(int node) {
        return line[node];
    }

    /** Returns the interval that goes on straight after one; -1 at a line's end. */
    int next(int node) {
        return next[node];
    }

    /** Returns whether an interval is in the ancestry that is straight. */
    boolean isAncestor(int node) {
        return isAncestor[node];
    }

    /** Returns where an interval is drawn from: where the weights were left that it took over. */
    long start(int node) {
        int parent = forest.parent(node);
        return parent < 0 ? forest.from(node) : Math.min(forest.from(node), forest.to(parent));
    }
}
