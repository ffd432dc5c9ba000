package org.evolvent.tasks.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.catalogue.Catalogue;

/** The options of every strategy of the catalogue, and of every operator with the defaults of the others, by a name for people. */
public final class AllStrategies {
    private static final Map<String, Map<String, ?>> NEEDED = Map.of(
            "non_dominated", Map.of("maximize", List.of("other")),
            "mo_pbt", Map.of("maximize", List.of("other")),
            // Within the intervals that the tasks of tests have.
            "mf_pbt", Map.of("periods", List.of(1, 3)),
            "fire", Map.of("period", 3));

    private AllStrategies() {}

    /** Returns them. */
    public static Map<String, Map<String, ?>> options() {
        Map<String, Map<String, ?>> all = new LinkedHashMap<>();
        all.put("default", Map.of());
        Catalogue catalogue = Catalogue.builtIn();
        catalogue.exploits().forEach(each -> all.put(each.name(), Map.of("exploit", of(each.name()))));
        catalogue.explores().forEach(each -> all.put(each.name() + " explore", Map.of("explore", of(each.name()))));
        catalogue.strategies().forEach(each -> all.put(each.name(), of(each.name())));
        for (double fraction : new double[] {0.25, 0.5}) {
            all.put("truncation " + fraction, Map.of("exploit", Map.of("truncation", Map.of("fraction", fraction))));
        }
        all.put("gap", Map.of("exploit", Map.of("truncation", Map.of(), "gap", Map.of("deviations", 0.5))));
        all.put("backtrack", Map.of("exploit", Map.of("truncation", Map.of(), "backtrack", true)));
        for (String compare : List.of("latest", "equal_progress")) {
            all.put(compare, Map.of("compare", compare));
        }
        for (String copy : List.of("weights", "hyperparameters", "nothing")) {
            all.put("copy " + copy, Map.of("copy", copy));
        }
        return all;
    }

    private static Map<String, ?> of(String name) {
        return Map.of(name, NEEDED.getOrDefault(name, Map.of()));
    }
}
