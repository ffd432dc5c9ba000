/**
 * Explore operators that learn from all results so far which hyperparameters raise the score fastest: PB2 and PB2-Mix. Immutable; built
 * on {@code org.evolvent.core.model}.
 */
package org.evolvent.core.explore.bandit;
