package org.evolvent.cli.compare;

/**
 * One study of a comparison.
 *
 * @param strategy the name of its strategy
 * @param purpose what it is for
 * @param seed its seed
 * @param trace what it reached
 */
public record Outcome(String strategy, Arena.Purpose purpose, long seed, Trace trace) {}
