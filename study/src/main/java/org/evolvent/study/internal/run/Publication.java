package org.evolvent.study.internal.run;

import java.util.Optional;
import org.evolvent.core.population.ReadyPoint;

/**
 * What became of the best model at the end of a session.
 *
 * @param best the best result of the log; empty while there is none
 * @param published the result whose model is in {@code best/} now; empty when none could be put there
 * @param trouble why that is not the best one, or why there is none, for people; empty when it is, and as long as no interval has ended
 */
public record Publication(Optional<ReadyPoint> best, Optional<ReadyPoint> published, String trouble) {
    /** Returns whether there is a best result, but neither its model nor another could be published. */
    public boolean failed() {
        return best.isPresent() && published.isEmpty();
    }
}
