package org.evolvent.core.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rule that every numeric range obeys. */
final class Ranges {
    private static final double MOST_STEPS = 1e9;

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
        if (scale == Scale.DISCOUNT && high >= 1) {
            throw new IllegalArgumentException(
                    "The high end of a discount scale is %s but must be below 1.\nMaybe use a linear scale, or a number such as 0.9999?"
                            .formatted(plain(high)));
        }
        double width = scale.toScale(high) - scale.toScale(low);
        if (!(width > 0 && Double.isFinite(width))) {
            throw new IllegalArgumentException(
                    "The range is [%s, %s], which is too %s to be told apart in double precision"
                            .formatted(plain(low), plain(high), width > 0 ? "wide" : "narrow"));
        }
    }

    /** Checks the steps of a range; 0 stands for none. */
    static void checkStep(double low, double high, Scale scale, double step) {
        if (step == 0) {
            return;
        }
        if (!(step > 0 && step <= high - low)) {
            throw new IllegalArgumentException(
                    "The step is %s but must be above 0 and at most the width of the range [%s, %s]"
                            .formatted(plain(step), plain(low), plain(high)));
        }
        if (scale == Scale.DISCOUNT) {
            throw new IllegalArgumentException(
                    "The step is %s but a discount scale has none.\nMaybe use an ordered choice?"
                            .formatted(plain(step)));
        }
        double steps = (high - low) / step;
        if (steps > MOST_STEPS || StrictMath.abs(steps - StrictMath.rint(steps)) > 1e-6) {
            throw new IllegalArgumentException(
                    "The step is %s but the range [%s, %s] must be a whole number of steps, at most 1,000,000,000.\nMaybe end it at %s?"
                            .formatted(
                                    plain(step),
                                    plain(low),
                                    plain(high),
                                    plain(low + StrictMath.floor(StrictMath.min(steps, MOST_STEPS)) * step)));
        }
    }

    /** Checks the prior of a range. */
    static void checkNormal(double low, double high, Scale scale, Optional<Domain.Normal> normal) {
        normal.ifPresent(prior -> {
            if (!(prior.centre() >= low && prior.centre() <= high)) {
                throw new IllegalArgumentException(
                        "The middle of the normal prior is %s but must lie in the range [%s, %s]"
                                .formatted(plain(prior.centre()), plain(low), plain(high)));
            }
            double width = scale.toScale(high) - scale.toScale(low);
            if (!(prior.deviation() >= width * 1e-6 && prior.deviation() <= width * 1e6)) {
                throw new IllegalArgumentException(
                        "The standard deviation of the normal prior is %s but must be at least a millionth and at most a million times the range in its scale, which is %s wide"
                                .formatted(plain(prior.deviation()), plain(width)));
            }
        });
    }

    /** Returns a range as a study file spells it: the steps and the prior only where there are some. */
    static Map<String, Object> spelled(
            String type, List<? extends Number> ends, Scale scale, Number step, Optional<Domain.Normal> normal) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(type, ends);
        fields.put("scale", scale.name().toLowerCase(Locale.ROOT));
        if (step.doubleValue() > 0) {
            fields.put("step", step);
        }
        normal.ifPresent(prior -> fields.put("normal", List.of(prior.centre(), prior.deviation())));
        return fields;
    }

    /** Returns a range for people. */
    static String shown(
            String type, List<? extends Number> ends, Scale scale, Number step, Optional<Domain.Normal> normal) {
        return "%s in [%s, %s]%s%s%s"
                .formatted(
                        type,
                        ends.get(0),
                        ends.get(1),
                        scale == Scale.LINEAR
                                ? ""
                                : ", %s scale".formatted(scale.name().toLowerCase(Locale.ROOT)),
                        step.doubleValue() > 0 ? ", in steps of %s".formatted(step) : "",
                        normal.map(prior -> ", normal around %s".formatted(plain(prior.centre())))
                                .orElse(""));
    }

    static String plain(double number) {
        return number == StrictMath.rint(number) && StrictMath.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
