/**
 * Explore operators: how inherited hyperparameters change. Each is an immutable class behind
 * {@link org.evolvent.core.explore.Explore}, built on the moves of {@link org.evolvent.core.space.Domain}.
 */
package org.evolvent.core.explore;
