/**
 * FIRE PBT: a second sub-population that is selected for how fast others improve from its weights, measured by evaluators.
 * {@link org.evolvent.core.internal.fire.Fire} is the strategy, the rest its memory and its arithmetic. Immutable.
 */
package org.evolvent.core.internal.fire;
