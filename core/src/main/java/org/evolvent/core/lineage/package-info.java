/**
 * Descent: {@link org.evolvent.core.lineage.Lineage} is built from the log of {@code org.evolvent.core.study} and answers which
 * checkpoints and which schedule of hyperparameters led to a model.
 */
package org.evolvent.core.lineage;
