package org.evolvent.views.internal.tree;

import java.util.function.IntToDoubleFunction;

/**
 * The family tree of a study that may be running. Which lines are drawn, where, and which of them is the best's is chosen anew at most once
 * for as many results as there are members; in between lines grow, and nothing moves. Only the star follows the best at once. Not
 * thread-safe.
 */
public final class LivingTree {
    private final int population;
    private Basis basis = Basis.EMPTY;
    private boolean isRunning = true;
    private long layouts;

    /**
     * Creates the tree of a study without results.
     *
     * @param population the members, at least 1
     */
    public LivingTree(int population) {
        this.population = population;
    }

    /**
     * Lays out what there is by now.
     *
     * @param forest the same one as before, grown
     * @param running whether results may follow
     * @param colours the value of each interval that its colour stands for, from 0 to 1; NaN for none
     */
    public FamilyTree tree(Forest forest, boolean running, Window window, IntToDoubleFunction colours) {
        boolean isOver = isRunning && !running;
        if (isOver || forest.size() - basis.size() >= population) {
            choose(forest);
        }
        isRunning = running;
        return TreeLayout.of(forest, basis, window, colours);
    }

    /** Chooses all anew, because the reader asks for it. */
    public void choose(Forest forest) {
        basis = Basis.of(forest);
        layouts++;
    }

    /** Returns how often it was chosen. */
    public long layouts() {
        return layouts;
    }

    /** Returns the interval whose ancestry is the straight line; -1 while there is none. */
    public int spine() {
        return basis.spine();
    }
}
