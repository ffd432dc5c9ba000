package org.evolvent.compare.internal;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Writes numbers that are to be compared with as many decimals as tell them apart: three digits of their spread. Immutable.
 *
 * @param decimals the digits behind the point, from 0 to 9
 */
record Decimals(int decimals) {
    static Decimals of(DoubleStream numbers) {
        double[] finite = numbers.filter(Double::isFinite).toArray();
        double spread = DoubleStream.of(finite).max().orElse(0)
                - DoubleStream.of(finite).min().orElse(0);
        if (spread == 0) {
            return new Decimals(4);
        }
        return new Decimals((int) Math.max(0, Math.min(9, 2 - Math.floor(Math.log10(spread)))));
    }

    String of(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%." + decimals + "f", number) : "no score";
    }
}
