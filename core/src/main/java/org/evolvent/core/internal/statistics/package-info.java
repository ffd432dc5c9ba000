/**
 * The distributions and tests that strategies decide by, and {@link org.evolvent.core.internal.statistics.Sample}, by which strategies are
 * compared; computed with {@code StrictMath} so that every platform says the same. Pure functions; knows nothing else of the core but its
 * random streams.
 */
package org.evolvent.core.internal.statistics;
