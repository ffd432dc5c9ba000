package org.evolvent.trainer.internal.explore;

import org.evolvent.core.explore.Explore.Handover;

/**
 * All that a program is told when it explores.
 *
 * @param handover who goes on with what
 * @param seed of whatever the program draws, from 0 to 2^31 - 1
 */
record Question(Handover handover, int seed) {}
