package org.evolvent.core.study;

import java.time.Duration;
import java.time.Instant;

/**
 * Where and when an attempt ran. Recorded for people; no decision and no digest depends on it.
 *
 * @param slot the slot, from 0
 * @param startedAt when the attempt began
 * @param finishedAt when it ended
 * @param training the part of it that was spent training and evaluating, without saving and restoring
 */
public record Execution(int slot, Instant startedAt, Instant finishedAt, Duration training) {}
