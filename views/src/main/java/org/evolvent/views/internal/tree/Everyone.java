package org.evolvent.views.internal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A map of everybody: in each column all weights that there were, a pixel for each, relatives side by side. Lines move to make room, so the
 * height is that of the population.
 *
 * @param width the columns, which are equally long
 * @param height the rows: as many as the fullest column needs
 * @param from where on the axis the first column begins
 * @param to where the last one ends
 * @param levels the pixels, row by row from the top left, a byte each, in Base64: 0 for nobody, else 1 to 255 for values from 0 to 1, and
 *     1 where there is no value
 * @param ancestry the row of the best's ancestor in each column; -1 where there is none
 */
public record Everyone(int width, int height, long from, long to, String levels, List<Integer> ancestry) {
    private static final int MOST_LEVEL = 255;

    /**
     * Maps a forest.
     *
     * @param colours the value of each interval that its colour stands for, from 0 to 1; NaN for none
     */
    public static Everyone of(Forest forest, IntToDoubleFunction colours) {
        int size = forest.size();
        Columns columns = Columns.of(forest, size, Window.whole(1));
        int width = size == 0 ? 0 : columns.count();
        int[] used = new int[width];
        for (int node = 0; node < size; node++) {
            for (int column = columns.at(forest.from(node)); column < columns.at(forest.to(node)); column++) {
                used[column]++;
            }
        }
        int height = Arrays.stream(used).max().orElse(0);
        int[] next = new int[width];
        for (int column = 0; column < width; column++) {
            next[column] = (height - used[column]) / 2;
        }
        byte[] levels = new byte[width * height];
        Integer[] ancestry = new Integer[width];
        Arrays.fill(ancestry, -1);
        boolean[] isAncestor = new boolean[size];
        for (int node = forest.best(); node >= 0; node = forest.parent(node)) {
            isAncestor[node] = true;
        }
        for (int node : sideBySide(forest)) {
            for (int column = columns.at(forest.from(node)); column < columns.at(forest.to(node)); column++) {
                int row = next[column]++;
                levels[row * width + column] = level(colours.applyAsDouble(node));
                if (isAncestor[node]) {
                    ancestry[column] = row;
                }
            }
        }
        return new Everyone(
                width,
                height,
                columns.start(0),
                width == 0 ? columns.start(0) : columns.start(width),
                Base64.getEncoder().encodeToString(levels),
                List.of(ancestry));
    }

    private static byte level(double value) {
        return (byte) (Double.isNaN(value) ? 1 : 1 + Math.round(Math.max(0, Math.min(1, value)) * (MOST_LEVEL - 1)));
    }

    /**
     * Returns all intervals in an order of which every column shows its part, so that no line ever passes another: what branches off an
     * interval lies on both sides of what goes on straight, and founders on both sides of the best's.
     */
    private static int[] sideBySide(Forest forest) {
        int size = forest.size();
        Chains chains = new Chains(forest, Basis.of(forest));
        int[] weight = new int[size + 1];
        List<List<Integer>> children = new ArrayList<>(size + 1);
        for (int node = 0; node <= size; node++) {
            children.add(List.of());
        }
        // The place behind all intervals is that of what founders began from.
        for (int node = size - 1; node >= 0; node--) {
            int parent = forest.parent(node) < 0 ? size : forest.parent(node);
            weight[node]++;
            weight[parent] += weight[node];
            if (children.get(parent).isEmpty()) {
                children.set(parent, new ArrayList<>(2));
            }
            children.get(parent).add(node);
        }
        int[] order = new int[size];
        int placed = 0;
        int[] stack = new int[size + 1];
        int depth = 0;
        stack[depth++] = size;
        while (depth > 0) {
            int node = stack[--depth];
            if (node < size) {
                order[placed++] = node;
            }
            for (int child : around(children.get(node), node == size ? -1 : chains.next(node), chains, weight)) {
                stack[depth++] = child;
            }
        }
        return order;
    }

    /** The heaviest are next to what goes on straight, on the side that has less so far. */
    private static List<Integer> around(List<Integer> children, int straight, Chains chains, int[] weight) {
        if (children.size() < 2) {
            return children;
        }
        List<Integer> sorted = new ArrayList<>(children);
        sorted.sort((a, b) -> {
            boolean first = a == straight || chains.isAncestor(a);
            boolean second = b == straight || chains.isAncestor(b);
            if (first != second) {
                return first ? -1 : 1;
            }
            return weight[a] != weight[b] ? Integer.compare(weight[b], weight[a]) : Integer.compare(a, b);
        });
        List<Integer> above = new ArrayList<>();
        List<Integer> below = new ArrayList<>();
        long balance = 0;
        for (int child : sorted.subList(1, sorted.size())) {
            (balance > 0 ? below : above).add(0, child);
            balance += balance > 0 ? -weight[child] : weight[child];
        }
        List<Integer> all = new ArrayList<>(above);
        all.add(sorted.get(0));
        for (int i = below.size() - 1; i >= 0; i--) {
            all.add(below.get(i));
        }
        return all;
    }
}
