package org.evolvent.core.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where and when an attempt ran. Recorded for people; no decision and no digest depends on it.
 *
 * @param slot the slot, from 0
 * @param startedAt when the attempt began
 * @param finishedAt when it ended
 * @param training the part of it that was spent training and evaluating, without saving and restoring
 * @param place what the slot was then, for people, such as {@code node n1, job step 17.0}; empty on the driver's own machine, in logs of
 *     earlier programs, and where there was no place
 */
public record Execution(int slot, Instant startedAt, Instant finishedAt, Duration training, Optional<String> place) {
    /** Creates one on the driver's own machine. */
    public Execution(int slot, Instant startedAt, Instant finishedAt, Duration training) {
        this(slot, startedAt, finishedAt, training, Optional.empty());
    }
}
