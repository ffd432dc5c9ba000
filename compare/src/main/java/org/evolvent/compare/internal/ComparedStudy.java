package org.evolvent.compare.internal;

/**
 * One study of a comparison.
 *
 * @param strategy the name of its strategy
 * @param stage what it is for
 * @param seed its seed
 * @param trace what it reached
 */
public record ComparedStudy(String strategy, Arena.Stage stage, long seed, Trace trace) {}
