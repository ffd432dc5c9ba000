/**
 * Search spaces: what may be tuned ({@link org.evolvent.core.space.SearchSpace}, {@link org.evolvent.core.space.Domain}), the values
 * ({@link org.evolvent.core.space.Hyperparameters}), and how to sample and move inside a domain. Explore operators are built on
 * {@link org.evolvent.core.space.Domain#shift}; they live in {@code org.evolvent.core.explore}. Everything is immutable.
 */
package org.evolvent.core.space;
