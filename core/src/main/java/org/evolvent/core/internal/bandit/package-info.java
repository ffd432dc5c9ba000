/**
 * Explore operators that learn from all results so far which hyperparameters raise the score fastest:
 * {@link org.evolvent.core.internal.bandit.Pb2} (PB2, PB2-Rand, PB2-Mult, PB2-Mix) and
 * {@link org.evolvent.core.internal.bandit.TrustRegion} (BG-PBT). Immutable; built on {@code org.evolvent.core.internal.model}.
 */
package org.evolvent.core.internal.bandit;
