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
 * @param lending how places are lent to the slots
 */
public record SimulatedCosts(
        Duration step,
        Duration save,
        Duration restore,
        List<Double> speeds,
        List<Double> memberSpeeds,
        double failureRate,
        long checkpointBytes,
        int hot,
        Lending lending) {
    /**
     * How somebody lends places to the slots. All times are drawn from exponential distributions.
     *
     * @param queue how long a slot waits for a place, on average: at the beginning, and whenever it has lost one
     * @param preemptionsAnHour how often a place is taken away in an hour, on average, at least 0
     * @param failuresAnHour how often a node fails in an hour, on average, at least 0; all its slots lose their places
     * @param slotsOfNode how many slots are on one node, at least 1
     */
    public record Lending(Duration queue, double preemptionsAnHour, double failuresAnHour, int slotsOfNode) {
        /** Places that are the slots' own. */
        public static final Lending NONE = new Lending(Duration.ZERO, 0, 0, 1);

        public Lending {
            if (queue.isNegative() || !isRate(preemptionsAnHour) || !isRate(failuresAnHour) || slotsOfNode < 1) {
                throw new IllegalArgumentException(
                        "The lending is %s, %s, %s, %s but times and rates must be at least 0, and slots of a node at least 1"
                                .formatted(queue, preemptionsAnHour, failuresAnHour, slotsOfNode));
            }
        }

        private static boolean isRate(double value) {
            return value >= 0 && Double.isFinite(value);
        }
    }

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

    /** Creates costs of slots that have places of their own. */
    public SimulatedCosts(
            Duration step,
            Duration save,
            Duration restore,
            List<Double> speeds,
            List<Double> memberSpeeds,
            double failureRate,
            long checkpointBytes,
            int hot) {
        this(step, save, restore, speeds, memberSpeeds, failureRate, checkpointBytes, hot, Lending.NONE);
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
