package org.evolvent.views.internal.tree;

/**
 * Who descends from whom: every interval that ended well, by its index in the order of the log. It may grow between two calls, and what
 * lives or failed may change; what an interval is does not.
 */
public interface Forest {
    /** Returns the number of intervals. */
    int size();

    /** Returns the index of the interval whose weights one began from, always smaller than its own; -1 for fresh ones. */
    int parent(int node);

    /** Returns who trained. */
    int member(int node);

    /** Returns where on the axis it begins: the training steps behind the weights, or milliseconds of the study. */
    long from(int node);

    /** Returns where on the axis it ends, never before it begins. */
    long to(int node);

    /** Returns whether a member that has not left holds these weights now. */
    boolean lives(int node);

    /** Returns whether an attempt to train these weights further failed. */
    boolean failed(int node);

    /** Returns the score that was reported; NaN where there is none. */
    double score(int node);

    /** Returns the interval that made the best model; -1 while there is none. */
    int best();
}
