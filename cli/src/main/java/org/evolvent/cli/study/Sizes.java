package org.evolvent.cli.study;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spellings of sizes: {@code 4096}, {@code 300MB}, {@code 1.5GiB}. */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([kMGT]i?)?B?");
    private static final Map<String, Double> UNITS = Map.of(
            "", 1.0, "k", 1e3, "M", 1e6, "G", 1e9, "T", 1e12, "ki", 0x1p10, "Mi", 0x1p20, "Gi", 0x1p30, "Ti", 0x1p40);

    private Sizes() {}

    /** Returns the bytes that a text means; empty when it means none. */
    public static Optional<Long> parse(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        String unit = Optional.ofNullable(size.group(2)).orElse("");
        return Optional.of(Math.round(Double.parseDouble(size.group(1)) * UNITS.getOrDefault(unit, 1.0)));
    }
}
