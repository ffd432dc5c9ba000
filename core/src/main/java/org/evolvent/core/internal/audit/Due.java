package org.evolvent.core.internal.audit;

import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.MemberId;

/**
 * A decision that has to come next in a log.
 *
 * @param decision what was derived; empty when only the strategy knows
 */
record Due(MemberId member, Optional<Decision> decision) {
    /** Returns what is expected, in words. */
    String expected() {
        return decision.isPresent()
                ? "member %s decides: %s, since: %s"
                        .formatted(
                                member,
                                Difference.kind(decision.get()),
                                decision.get().reason())
                : "member %s decides".formatted(member);
    }
}
