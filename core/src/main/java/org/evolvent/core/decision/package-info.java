/**
 * The vocabulary of answers: {@link org.evolvent.core.decision.Decision}, always with a reason and
 * {@link org.evolvent.core.decision.Evidence}. Strategies make them, {@code org.evolvent.core.study} carries them out. Immutable.
 */
package org.evolvent.core.decision;
