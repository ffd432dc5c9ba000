package org.evolvent.cli.internal.command;

import java.util.Map;
import org.evolvent.core.population.Score;

/**
 * A model that was trained along a schedule.
 *
 * @param seed by which
 * @param score what it reached
 * @param metrics all that its trainer reported in the end
 */
record Replayed(long seed, Score score, Map<String, Double> metrics) {}
