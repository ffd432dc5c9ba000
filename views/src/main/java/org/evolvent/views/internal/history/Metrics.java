package org.evolvent.views.internal.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a trainer reported with a result, in a fifth of the room of a map. Immutable. */
final class Metrics {
    private final List<String> names;
    private final double[] values;

    private Metrics(List<String> names, double[] values) {
        this.names = names;
        this.values = values;
    }

    /** Returns the metrics of a map in their order; their names are those of others where these are the same. */
    static Metrics of(Map<String, Double> metrics, List<String> others) {
        List<String> names = List.copyOf(metrics.keySet());
        return new Metrics(
                names.equals(others) ? others : names,
                metrics.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    List<String> names() {
        return names;
    }

    Map<String, Double> map() {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            map.put(names.get(i), values[i]);
        }
        return map;
    }
}
