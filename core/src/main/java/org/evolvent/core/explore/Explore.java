package org.evolvent.core.explore;

import org.evolvent.core.decision.Evidence;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;

/**
 * Changes hyperparameters that a member has just inherited. Implementations are immutable.
 *
 * <p>Laws, tested for every implementation: the result lies in the space; fixed parameters keep their values; the same input and stream
 * give the same result.
 */
public interface Explore {
    /**
     * The changed hyperparameters.
     *
     * @param hyperparameters what to train with next
     * @param reason how they came about, in a sentence
     * @param evidence the facts behind the reason
     */
    record Exploration(Hyperparameters hyperparameters, String reason, Evidence evidence) {}

    /**
     * Explores.
     *
     * @param space the domains
     * @param inherited the donor's hyperparameters (the member's own where only weights are copied)
     * @param own those that the member used before it copied
     * @param random the only source of randomness
     */
    Exploration explore(SearchSpace space, Hyperparameters inherited, Hyperparameters own, RandomStream random);
}
