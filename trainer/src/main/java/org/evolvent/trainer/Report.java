package org.evolvent.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a trainer measured at the end of an interval. Immutable.
 *
 * @param metrics by name, each of 1 to 4096 characters; the study's objective must be among them. NaN and infinities are allowed and rank
 *     worst
 * @param samples the single evaluations behind the objective (the last 10 episode returns, say), for strategies that test whether a
 *     difference is real; may be empty
 * @param steps the steps that this interval really trained, at least as many as it was asked for (with a time, or after
 *     {@link Trainer#finish}, at least 1); empty for exactly as many
 */
public record Report(Map<String, Double> metrics, List<Double> samples, Optional<Long> steps) {
    private static final int MOST_CHARACTERS = 4096;

    public Report {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        samples = List.copyOf(samples);
        metrics.forEach(Report::requireWritable);
    }

    /** Creates one of a trainer that has done the steps that it was asked for. */
    public Report(Map<String, Double> metrics, List<Double> samples) {
        this(metrics, samples, Optional.empty());
    }

    /** What cannot stand in the log must not get there: the whole study would end with it. */
    private static void requireWritable(String name, Double value) {
        Objects.requireNonNull(name, "the name of a metric is null");
        Objects.requireNonNull(
                value, () -> "the metric '%s' is null; NaN stands for what has no value".formatted(name));
        if (name.isEmpty() || name.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("The name of a metric has %s characters but must have 1 to %s"
                    .formatted(name.length(), MOST_CHARACTERS));
        }
    }

    /** Returns a report of one metric. */
    public static Report of(String metric, double value) {
        return new Report(Map.of(metric, value), List.of());
    }

    /** Returns this report with one more metric. */
    public Report and(String metric, double value) {
        Map<String, Double> more = new LinkedHashMap<>(metrics);
        more.put(metric, value);
        return new Report(more, samples, steps);
    }

    /** Returns this report with evaluation samples. */
    public Report withSamples(List<Double> evaluations) {
        return new Report(metrics, evaluations, steps);
    }

    /** Returns this report of a trainer that has done other steps than it was asked for. */
    public Report withSteps(long done) {
        return new Report(metrics, samples, Optional.of(done));
    }
}
