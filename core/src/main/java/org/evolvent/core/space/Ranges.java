package org.evolvent.core.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rule that every numeric range obeys. */
final class Ranges {
    private Ranges() {}

    static void check(double low, double high, Scale scale) {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
            throw new IllegalArgumentException(
                    "The range is [%s, %s] but must be finite with its low end below its high end"
                            .formatted(plain(low), plain(high)));
        }
        if (scale == Scale.LOG && low <= 0) {
            throw new IllegalArgumentException(
                    "The low end of a log scale is %s but must be above 0.\nMaybe use a linear scale, or a small number such as %s?"
                            .formatted(plain(low), plain(high / 1000)));
        }
        double width = scale.toScale(high) - scale.toScale(low);
        if (!(width > 0 && Double.isFinite(width))) {
            throw new IllegalArgumentException(
                    "The range is [%s, %s], which is too %s to be told apart in double precision"
                            .formatted(plain(low), plain(high), width > 0 ? "wide" : "narrow"));
        }
    }

    /** Returns a range as a study file spells it. */
    static Map<String, Object> spelled(String type, Object low, Object high, Scale scale) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(type, List.of(low, high));
        fields.put("scale", scale.name().toLowerCase(Locale.ROOT));
        return fields;
    }

    private static String plain(double number) {
        return number == StrictMath.rint(number) && StrictMath.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
