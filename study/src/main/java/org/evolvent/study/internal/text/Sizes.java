package org.evolvent.study.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spellings of sizes: {@code 4096}, {@code 300MB}, {@code 1.5GiB}. */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6})?)\\s*([kMGT]i?)?B?");
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "k",
            1000L,
            "M",
            1000_000L,
            "G",
            1000_000_000L,
            "T",
            1000_000_000_000L,
            "ki",
            1L << 10,
            "Mi",
            1L << 20,
            "Gi",
            1L << 30,
            "Ti",
            1L << 40);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final List<String> NAMES = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

    private Sizes() {}

    /** Returns the bytes that a text means; empty when it means none. */
    public static Optional<Long> parse(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        String unit = Optional.ofNullable(size.group(2)).orElse("");
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(UNITS.getOrDefault(unit, 1L)));
        return Optional.of(bytes.setScale(0, RoundingMode.HALF_UP).min(MOST).longValue());
    }

    /** Returns a text that {@link #parse} reads as just so many bytes, as people write it where there is such a text. */
    public static String exactly(long bytes) {
        String rounded = format(bytes);
        return parse(rounded).equals(Optional.of(bytes)) ? rounded : Long.toString(bytes);
    }

    /** Returns a number of bytes as {@code 300 B}, {@code 1.5 GB}: units of a thousand, four significant digits at most. */
    public static String format(long bytes) {
        int unit = 0;
        double size = bytes;
        while (size >= 999.95 && unit < NAMES.size() - 1) {
            size /= 1000;
            unit++;
        }
        BigDecimal rounded = new BigDecimal(size).round(new MathContext(4));
        return "%s %s".formatted(size == 0 ? "0" : rounded.stripTrailingZeros().toPlainString(), NAMES.get(unit));
    }
}
