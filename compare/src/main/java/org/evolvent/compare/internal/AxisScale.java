package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps values to places along one axis of a picture, with ticks at round numbers. Immutable.
 *
 * @param low the value at the beginning
 * @param high the value at the end, above low
 * @param from the place of the beginning
 * @param to the place of the end
 */
record AxisScale(double low, double high, double from, double to) {
    /** Returns a scale that leaves a little room on both sides of the values, and some where they are all the same. */
    static AxisScale around(double low, double high, double from, double to) {
        double spread = high - low;
        double margin = spread > 0 ? 0.06 * spread : Math.max(1e-9, 0.05 * Math.abs(low));
        return new AxisScale(low - margin, high + margin, from, to);
    }

    double place(double value) {
        double clipped = Math.max(low, Math.min(high, value));
        return from + (clipped - low) / (high - low) * (to - from);
    }

    /** A round number and how people write it. */
    record Tick(double value, String label) {}

    /** Returns round numbers inside the scale, at most about so many. */
    List<Tick> ticks(int most) {
        double step = step((high - low) / most);
        double largest = Math.max(Math.abs(low), Math.abs(high));
        double unit = largest >= 2e9 ? 1e9 : largest >= 2e6 ? 1e6 : largest >= 1e4 ? 1e3 : 1;
        String suffix = unit == 1 ? "" : unit == 1e3 ? "k" : unit == 1e6 ? "M" : "G";
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            double value = i * step;
            ticks.add(new Tick(
                    value, i == 0 ? "0" : String.format(Locale.ROOT, "%." + decimals + "f", value / unit) + suffix));
        }
        return ticks;
    }

    /** Returns the smallest of 1, 2 and 5 times a power of ten that is at least so much. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
