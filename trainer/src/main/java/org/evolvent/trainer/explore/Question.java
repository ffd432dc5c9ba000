package org.evolvent.trainer.explore;

import java.util.Optional;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;

/**
 * All that a program is told when it explores.
 *
 * @param space the domains
 * @param inherited what to begin from
 * @param own what the member used before
 * @param handover who copies whom; empty for strategies that explore without a copy
 * @param seed of whatever the program draws, from 0 to 2^31 - 1
 */
record Question(
        SearchSpace space, Hyperparameters inherited, Hyperparameters own, Optional<Handover> handover, int seed) {}
