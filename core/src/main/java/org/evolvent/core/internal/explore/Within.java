package org.evolvent.core.internal.explore;

import java.util.Optional;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;

/**
 * Explores by any operator, and makes good what it need not know of: parameters that are not active keep their values, and what breaks a
 * constraint is explored again.
 */
public final class Within {
    private static final int MOST_TRIES = 10;

    private Within() {}

    /**
     * Explores. What still breaks a constraint after {@value #MOST_TRIES} tries changes only as far as the constraints hold: parameter by
     * parameter, in the order of the space, it keeps what it inherited where the change would break one.
     */
    public static Exploration explore(Explore operator, Handover handover, RandomStream random) {
        SearchSpace space = handover.space();
        Exploration explored = operator.explore(handover, random);
        if (!space.isConditional() && space.constraints().isEmpty()) {
            return explored;
        }
        Hyperparameters inherited = handover.inherited();
        Hyperparameters next = seen(space, inherited, explored.hyperparameters());
        for (int tries = 1; tries < MOST_TRIES && !space.allows(next); tries++) {
            explored = operator.explore(handover, random);
            next = seen(space, inherited, explored.hyperparameters());
        }
        return with(explored, space.allows(next) ? next : asFarAsAllowed(space, inherited, next));
    }

    /** Returns hyperparameters that were put together of two members', or others where a constraint does not allow these. */
    public static Hyperparameters orElse(SearchSpace space, Hyperparameters mixed, Hyperparameters others) {
        return space.allows(mixed) ? mixed : others;
    }

    /** Nothing changes that is not active. */
    private static Hyperparameters seen(SearchSpace space, Hyperparameters inherited, Hyperparameters explored) {
        Hyperparameters seen = explored;
        if (space.isConditional()) {
            for (Parameter parameter : space.parameters()) {
                if (!space.isActive(parameter, inherited)) {
                    seen = seen.with(parameter.name(), inherited.get(parameter.name()));
                }
            }
        }
        return seen;
    }

    private static Hyperparameters asFarAsAllowed(
            SearchSpace space, Hyperparameters inherited, Hyperparameters wanted) {
        Hyperparameters allowed = inherited;
        for (Parameter parameter : space.parameters()) {
            Hyperparameters next = allowed.with(parameter.name(), wanted.get(parameter.name()));
            allowed = orElse(space, next, allowed);
        }
        return allowed;
    }

    private static Exploration with(Exploration explored, Hyperparameters hyperparameters) {
        return Optional.of(explored)
                .filter(it -> it.hyperparameters().equals(hyperparameters))
                .orElseGet(() -> new Exploration(
                        hyperparameters,
                        explored.reason() + "; what is not active or would break a constraint stays",
                        explored.evidence()));
    }
}
