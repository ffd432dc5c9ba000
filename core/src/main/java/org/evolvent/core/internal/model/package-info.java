/**
 * Gaussian process regression in the few lines that model-based strategies need, with {@code StrictMath} and in a fixed order of
 * operations, so that every platform proposes the same. Immutable; knows nothing else of the core.
 */
package org.evolvent.core.internal.model;
