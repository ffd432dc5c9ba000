package org.evolvent.core.strategy;

import org.evolvent.core.population.Member;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.SearchSpace;

/**
 * What a strategy sees when a member is ready: values only. In synchronous mode all members of an interval see the same population.
 *
 * @param space what is tuned
 * @param objective what is good
 * @param population everybody, the ready member included, with its new result ranked; to be read during the decision and not to be kept.
 *     Its members and their results are immutable and may be
 * @param ready the member to decide about
 */
public record Situation(SearchSpace space, Objective objective, Population population, Member ready) {
    /** Returns what the ready member has just published. */
    public ReadyPoint point() {
        return ready.last().orElseThrow();
    }
}
