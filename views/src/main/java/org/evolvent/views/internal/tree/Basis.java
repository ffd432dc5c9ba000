package org.evolvent.views.internal.tree;

import java.util.BitSet;

/**
 * What a layout was chosen by, so that later results lengthen its lines and move none.
 *
 * @param size the intervals that there were
 * @param spine the interval whose ancestry is straight; -1 for none
 * @param living the intervals whose weights somebody held
 */
record Basis(int size, int spine, BitSet living) {
    static final Basis EMPTY = new Basis(0, -1, new BitSet());

    static Basis of(Forest forest) {
        BitSet living = new BitSet();
        for (int node = 0; node < forest.size(); node++) {
            living.set(node, forest.lives(node));
        }
        return new Basis(forest.size(), forest.best(), living);
    }
}
