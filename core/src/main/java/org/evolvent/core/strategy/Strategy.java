package org.evolvent.core.strategy;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Circumstances;
import org.evolvent.core.option.Need;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;

/**
 * Decides what a member does after each of its intervals. The study's only replaceable brain: the engine knows no strategy by name.
 *
 * <p>A strategy is an immutable value. One that learns from history (a model of the rewards, say) returns from {@link #observe} a
 * strategy that knows more, so that replaying the log rebuilds it exactly.
 */
public interface Strategy {
    /**
     * Returns what the members begin with whose first hyperparameters the study does not give: by default each a draw from the prior.
     *
     * @param space what is tuned
     * @param streams one for each of these members, in their order; keyed to study and member
     * @return as many as there are streams, each inside the space
     */
    default List<Hyperparameters> first(SearchSpace space, List<RandomStream> streams) {
        return streams.stream().map(space::sample).toList();
    }

    /**
     * Decides.
     *
     * @param situation the population as it stands
     * @param random the only source of randomness; keyed to study, member and interval
     * @return one decision, or an {@link Decision.Exploit} followed by an {@link Decision.Explore}
     */
    List<Decision> decide(Situation situation, RandomStream random);

    /**
     * Returns the population as {@link #decide} compares it, with the results that are ranked: the latest of everybody by default. People
     * are shown these when they ask why.
     *
     * @param situation the population as it stands
     */
    default Population compared(Situation situation) {
        return situation.population();
    }

    /** Returns the strategy that suits a study, before it has seen anything; by default it is the same for all. */
    default Strategy suitedTo(Circumstances study) {
        return this;
    }

    /** Returns what it needs of a study to do anything; nothing by default. */
    default List<Need> needs() {
        return List.of();
    }

    /**
     * Returns how many members spend under this strategy at most what others spend, of whom nobody stops early: as many, by default.
     *
     * @param population the number of the others
     * @param steps the training steps of each of them
     * @param intervalSteps the steps between two decisions
     * @param burnInSteps the steps of weights before which nobody is stopped
     */
    default int membersOfEqualCompute(int population, long steps, long intervalSteps, long burnInSteps) {
        return population;
    }

    /**
     * Returns this strategy, which has seen nothing yet, as it was under {@linkplain Rules#V1 the first rules}, as far as the situation
     * does not tell it. A study under these rules asks for it, so that its log can be derived again. Itself by default.
     */
    default Strategy ofFirstRules() {
        return this;
    }

    /** Returns the strategy that has also seen this result. It is called for every ready point, in the order of the log, before {@link #decide}. */
    default Strategy observe(ReadyPoint point) {
        return this;
    }

    /**
     * Returns the strategy that has also seen this decision, its own of earlier. It is called for every decision, in the order of the
     * log; in a synchronous round, so, with what was decided about the members before.
     */
    default Strategy observe(MemberId member, Decision decision) {
        return this;
    }

    /**
     * Returns what it has made of all that it observed. A strategy that overrides {@link #observe} should override this and
     * {@link #remembering} too; by default its memory is unknown, which is empty, and a study that resumes reads its whole log again.
     */
    default Optional<Memory> memory() {
        return Memory.ofStateless(this, Strategy.class);
    }

    /**
     * Returns the strategy that remembers this; called on one that has seen nothing yet.
     *
     * @param memory what {@link #memory} gave
     * @throws IllegalArgumentException when it is of another strategy
     */
    default Strategy remembering(Memory memory) {
        memory.requireNothing(this);
        return this;
    }
}
