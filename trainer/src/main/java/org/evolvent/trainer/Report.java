package org.evolvent.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a trainer measured at the end of an interval. Immutable.
 *
 * @param metrics by name; the study's objective must be among them. NaN and infinities are allowed and rank worst
 * @param samples the single evaluations behind the objective (the last 10 episode returns, say), for strategies that test whether a
 *     difference is real; may be empty
 */
public record Report(Map<String, Double> metrics, List<Double> samples) {
    public Report {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        samples = List.copyOf(samples);
    }

    /** Returns a report of one metric. */
    public static Report of(String metric, double value) {
        return new Report(Map.of(metric, value), List.of());
    }

    /** Returns this report with one more metric. */
    public Report and(String metric, double value) {
        Map<String, Double> more = new LinkedHashMap<>(metrics);
        more.put(metric, value);
        return new Report(more, samples);
    }

    /** Returns this report with evaluation samples. */
    public Report withSamples(List<Double> evaluations) {
        return new Report(metrics, evaluations);
    }
}
