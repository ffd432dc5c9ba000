/** Multiple-frequencies PBT: sub-populations that evolve at different periods. Implements {@code Strategy}; immutable. */
package org.evolvent.core.internal.mfpbt;
