/**
 * Iterated PBT: the same PBT again with longer and longer steps. {@link org.evolvent.core.internal.ipbt.Ipbt} is the strategy,
 * {@link org.evolvent.core.internal.ipbt.OuterProgress} tells when it has stopped getting anywhere. Immutable.
 */
package org.evolvent.core.internal.ipbt;
