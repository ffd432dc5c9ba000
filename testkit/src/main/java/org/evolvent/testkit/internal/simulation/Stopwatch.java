package org.evolvent.testkit.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What a study has used of its wall-clock budget, by the simulation's own clock: of each of its processes, until the log took something
 * from it last, since nobody can know what came later. Not thread-safe.
 */
final class Stopwatch {
    /** Time has a resolution. */
    private static final Duration TOLERANCE = Duration.ofMillis(2);

    private final InstantSource clock;
    private Duration before = Duration.ZERO;
    private Instant begun;
    private Instant latest;

    Stopwatch(InstantSource clock) {
        this.clock = clock;
        this.begun = clock.instant();
        this.latest = begun;
    }

    /** A process begins. */
    void begin() {
        before = used();
        begun = clock.instant();
        latest = begun;
    }

    /** The log took something. */
    void appended() {
        latest = clock.instant();
    }

    private Duration used() {
        return before.plus(Duration.between(begun, latest));
    }

    void requireAtMost(Duration budget) {
        assertThat(used()).as("the wall-clock time that was used").isLessThanOrEqualTo(budget.plus(TOLERANCE));
    }

    void requireAtLeast(Duration budget) {
        assertThat(used()).as("the wall-clock time that was used").isGreaterThanOrEqualTo(budget.minus(TOLERANCE));
    }
}
