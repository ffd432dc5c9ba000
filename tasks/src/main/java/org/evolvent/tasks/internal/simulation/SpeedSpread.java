package org.evolvent.tasks.internal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evolvent.core.random.RandomStream;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;

/**
 * How the speeds of a population's members are spread. Immutable.
 *
 * @param text as people write it: {@code 10%} or {@code 4:1}
 * @param low the lowest speed, above 0
 * @param high the highest, at least as high
 * @param even whether speeds lie anywhere between the two; otherwise half of the members, drawn one by one, have the one and half the other
 */
public record SpeedSpread(String text, double low, double high, boolean even) {
    /** Everybody is as fast as the slots. */
    public static final SpeedSpread NONE = new SpeedSpread("0%", 1, 1, true);

    private static final Pattern SHARE = Pattern.compile("(\\d{1,2}(?:\\.\\d{1,9})?) ?%");
    private static final Pattern RATIO = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,9})?):1");

    /**
     * Reads a spread.
     *
     * @param text {@code 10%}, where each is up to a tenth slower or faster, or {@code 4:1}, where half are as fast as the slots and half
     *     four times as slow
     * @throws IllegalArgumentException when it is neither
     */
    public static SpeedSpread parse(String text) {
        Matcher share = SHARE.matcher(text);
        if (share.matches()) {
            double part = Double.parseDouble(share.group(1)) / 100;
            return new SpeedSpread(text, 1 - part, 1 + part, true);
        }
        Matcher ratio = RATIO.matcher(text);
        if (ratio.matches() && Double.parseDouble(ratio.group(1)) >= 1) {
            return new SpeedSpread(text, 1 / Double.parseDouble(ratio.group(1)), 1, false);
        }
        throw new IllegalArgumentException(
                "'%s' but must be a share below 100 %% each way, such as 10%%, or the speed of half of the members over that of the others, such as 4:1"
                        .formatted(text));
    }

    /** Returns the speeds of a study's members; with another seed others have them. */
    public List<Double> of(int members, long seed) {
        RandomStream random = new RandomStream(seed);
        List<Double> speeds = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            speeds.add(even ? random.uniform(low, high) : random.chance(0.5) ? low : high);
        }
        return speeds;
    }

    /** Returns what a study costs whose members have these speeds: a step takes a second at speed 1, and nothing else costs anything. */
    public SimulatedCosts costs(int members, long seed, int slots) {
        SimulatedCosts equal = SimulatedCosts.ofSlots(slots);
        return new SimulatedCosts(equal.step(), equal.save(), equal.restore(), equal.speeds(), of(members, seed), 0, 0);
    }
}
