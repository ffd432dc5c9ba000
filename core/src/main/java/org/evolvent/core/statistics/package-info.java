/**
 * The distributions and tests that strategies decide by, computed with {@code StrictMath} so that every platform decides alike. Pure
 * functions; knows nothing else of the core.
 */
package org.evolvent.core.statistics;
