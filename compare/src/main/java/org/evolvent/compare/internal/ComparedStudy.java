package org.evolvent.compare.internal;

/**
 * One study of a comparison.
 *
 * @param strategy the name of its strategy
 * @param purpose what it is for
 * @param seed its seed
 * @param trace what it reached
 */
public record ComparedStudy(String strategy, Arena.Purpose purpose, long seed, Trace trace) {}
