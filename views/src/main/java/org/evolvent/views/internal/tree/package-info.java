/**
 * The family tree of weights, laid out to be drawn: {@link org.evolvent.views.internal.tree.LivingTree} places the largest lineages of a
 * {@link org.evolvent.views.internal.tree.Forest} in a budget of rows and folds the rest into bands,
 * {@link org.evolvent.views.internal.tree.Everyone} gives each member a pixel, and
 * {@link org.evolvent.views.internal.tree.DifferentAncestors} counts from how many the living descend. Pure functions of the forest but for
 * what a running study must not move. Not thread-safe.
 */
package org.evolvent.views.internal.tree;
