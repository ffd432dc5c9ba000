package org.evolvent.runtime.internal.simulated;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What simulated things cost.
 *
 * @param step the time of one training step at speed 1
 * @param save the time to evaluate and save at the end of an interval
 * @param restore the time to load weights that are not in memory: another member's, or after a failure
 * @param speeds how fast each slot is, above 0; one entry for each slot
 * @param memberSpeeds how fast members are on any slot, above 0, by index and repeated as needed; a member that trains a larger model is
 *     slower wherever it runs
 * @param failureRate the probability that an attempt fails halfway, from 0 and below 1
 * @param checkpointBytes the size of a checkpoint
 * @param hot how many members' weights stay in memory beside those in the slots, the latest ones, at least 0: none for programs,
 *     everybody's by default for trainers in this JVM
 */
public record SimulatedCosts(
        Duration step,
        Duration save,
        Duration restore,
        List<Double> speeds,
        List<Double> memberSpeeds,
        double failureRate,
        long checkpointBytes,
        int hot) {
    public SimulatedCosts {
        speeds = List.copyOf(speeds);
        memberSpeeds = List.copyOf(memberSpeeds);
        if (speeds.isEmpty() || memberSpeeds.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one speed of a slot and one of a member");
        }
        for (double speed : speeds) {
            requireSpeed(speed);
        }
        for (double speed : memberSpeeds) {
            requireSpeed(speed);
        }
        if (!(failureRate >= 0 && failureRate < 1)) {
            throw new IllegalArgumentException(
                    "The failure rate is %s but must be at least 0 and below 1".formatted(failureRate));
        }
        if (hot < 0) {
            throw new IllegalArgumentException("The number of hot members is %s but must be at least 0".formatted(hot));
        }
    }

    /** Creates costs of trainers that keep everybody's weights in memory. */
    public SimulatedCosts(
            Duration step,
            Duration save,
            Duration restore,
            List<Double> speeds,
            List<Double> memberSpeeds,
            double failureRate,
            long checkpointBytes) {
        this(step, save, restore, speeds, memberSpeeds, failureRate, checkpointBytes, Integer.MAX_VALUE);
    }

    private static void requireSpeed(double speed) {
        if (!(speed > 0 && Double.isFinite(speed))) {
            throw new IllegalArgumentException("A speed is %s but must be above 0 and finite".formatted(speed));
        }
    }

    /** Returns slots of speed 1 on which a step takes a second and nothing else costs anything. */
    public static SimulatedCosts ofSlots(int slots) {
        return new SimulatedCosts(
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                Collections.nCopies(slots, 1.0),
                List.of(1.0),
                0,
                0);
    }
}
