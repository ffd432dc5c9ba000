package org.evolvent.study.internal.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spellings of durations: {@code 90s}, {@code 15m}, {@code 2h}, {@code 1d}, sums such as {@code 1h30m}, and ISO 8601 ({@code PT90S}). */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** Longer than any duration that means something. */
    private static final int LONGEST = 100;

    private Durations() {}

    /** Returns the duration that a text means; empty when it means none. */
    public static Optional<Duration> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (!WHOLE.matcher(text).matches()) {
            try {
                return Optional.of(Duration.parse(text.toUpperCase(Locale.ROOT)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            double millis = Double.parseDouble(part.group(1)) * MILLIS.getOrDefault(part.group(2), 0L);
            sum = sum.plusMillis(Math.round(millis));
        }
        return Optional.of(sum);
    }
}
