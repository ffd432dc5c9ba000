package org.evolvent.core.explore;

import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
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
     * What a member takes over from another, or goes on with itself.
     *
     * @param space the domains
     * @param population everybody
     * @param self the member that explores, as it was judged
     * @param donor the one that it copies; itself where it copies nobody
     * @param inherited the hyperparameters to begin from: the donor's, or the member's own where only weights are copied or nothing is
     */
    record Handover(
            SearchSpace space, Population population, ReadyPoint self, ReadyPoint donor, Hyperparameters inherited) {
        /** Returns the handover of a member that copies nobody and begins from its own hyperparameters. */
        public static Handover alone(SearchSpace space, Population population, ReadyPoint self) {
            return new Handover(space, population, self, self, self.hyperparameters());
        }

        /** Returns whether the member copies another, or what it was itself at another time. */
        public boolean isCopy() {
            return !donor.equals(self);
        }
    }

    /**
     * Explores.
     *
     * @param handover what there is to begin from, and all that is known
     * @param random the only source of randomness
     */
    Exploration explore(Handover handover, RandomStream random);

    /**
     * Returns an operator that asks this one, and then another, which begins from what this one has made of the inherited hyperparameters
     * and has the last word: to repair values, or to couple them. What that returns is checked: it must have the values of the space's
     * parameters inside their domains and leave those that are fixed.
     */
    default Explore then(Explore next) {
        return new Followed(this, next);
    }

    /**
     * Returns this operator, which has seen nothing yet, as it was under the first rules, so that logs of then can be derived again; itself
     * unless it has changed since. See {@code Strategy.ofFirstRules}.
     */
    default Explore ofFirstRules() {
        return this;
    }

    /** Returns the operator that has also seen this result; see {@code Strategy.observe}. */
    default Explore observe(ReadyPoint point) {
        return this;
    }

    /** Returns the operator that has also seen this decision; see {@code Strategy.observe}. */
    default Explore observe(MemberId member, Decision decision) {
        return this;
    }

    /** Returns what it has made of all that it observed; see {@code Strategy.memory}. */
    default Optional<Memory> memory() {
        return Memory.ofStateless(this, Explore.class);
    }

    /** Returns the operator that remembers this; see {@code Strategy.remembering}. */
    default Explore remembering(Memory memory) {
        memory.requireNothing(this);
        return this;
    }
}
