package org.evolvent.cli.study;

import java.util.OptionalInt;

/**
 * With what a study runs; no decision depends on it in synchronous mode.
 *
 * @param slots how many intervals train at the same time, at least 1; empty for one for each processor
 * @param hot how many trainers stay in memory between intervals, at least 0; empty for the whole population
 */
public record Resources(OptionalInt slots, OptionalInt hot) {}
