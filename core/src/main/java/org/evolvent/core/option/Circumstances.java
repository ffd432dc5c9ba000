package org.evolvent.core.option;

/**
 * What of a study an operator may suit itself to, known before anything is trained.
 *
 * @param population the number of members, at least 1
 * @param intervals the intervals that each of them trains, at least 1
 * @param synchronous whether all members of a round see the same population, and so none of the copies of that round
 */
public record Circumstances(int population, long intervals, boolean synchronous) {}
