package org.evolvent.core.study;

import java.time.Duration;
import java.util.Optional;

/**
 * When a study ends: at whichever limit is reached first.
 *
 * @param steps the training steps behind any weights at most, and those that each member may spend, at least 1
 * @param wallClock how long the study may take, over all its resumptions; empty for no limit
 * @param target the score at which it is good enough; empty for no limit
 */
public record Budget(long steps, Optional<Duration> wallClock, Optional<Double> target) {
    public Budget {
        if (steps < 1) {
            throw new IllegalArgumentException("The budget is %s steps but must be at least 1".formatted(steps));
        }
        if (wallClock.isPresent()
                && (wallClock.get().isNegative() || wallClock.get().isZero())) {
            throw new IllegalArgumentException(
                    "The wall-clock budget is %s but must be above 0".formatted(wallClock.get()));
        }
        if (target.isPresent() && !Double.isFinite(target.get())) {
            throw new IllegalArgumentException("The target score is %s but must be finite".formatted(target.get()));
        }
    }

    /** Returns a budget of steps for each member and nothing else. */
    public static Budget ofSteps(long steps) {
        return new Budget(steps, Optional.empty(), Optional.empty());
    }
}
