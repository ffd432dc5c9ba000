package org.evolvent.study.internal.file;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.strategy.Rules;
import org.evolvent.study.spec.Problem;

/**
 * What the study file of a run does not say: it goes on by the rules that its log began with, and those from before there were {@code rules}
 * with what the strategy had by default then. So a run may be given its first file again, which says no rules.
 */
final class TakenForGranted {
    private static final String RULES = "rules";
    private static final String STRATEGY = "strategy";

    private static final List<Setting> DEFAULTS = List.of(
            byDefault("exploit", "{truncation: {fraction: 0.2}}"),
            byDefault("explore", "{perturb: {factors: [0.8, 1.25]}, resample: 0.25}"),
            byDefault("compare", "latest"));

    private static final List<Setting> DEFAULTS_OF_IPBT =
            List.of(byDefault("ipbt.patience", "5"), byDefault("ipbt.fraction", "0.2"), byDefault("ipbt.slow", "0"));

    private TakenForGranted() {}

    private static Setting byDefault(String key, String value) {
        return new Setting("default of rules 1", STRATEGY + "." + key, value);
    }

    /**
     * Returns the study file of a run with all that it took for granted.
     *
     * @param begunBy the rules that its log began with
     */
    static Tree.Mapping spelledOut(Tree.Mapping study, int begunBy, List<Problem> problems) {
        if (study.fields().containsKey(RULES)) {
            return study;
        }
        Tree.Mapping spelledOut =
                new Setting("rules of the log", RULES, String.valueOf(begunBy)).applyTo(study, problems);
        if (begunBy == Rules.V1.number()) {
            for (Setting each : strategy(study)) {
                spelledOut = each.applyTo(spelledOut, problems);
            }
        }
        return spelledOut;
    }

    private static List<Setting> strategy(Tree.Mapping study) {
        Map<String, Object> written = new HashMap<>();
        if (study.fields().get(STRATEGY) instanceof Tree.Mapping section) {
            written.putAll(section.without("classpath").plain());
        }
        if (Catalogue.isComposed(written)) {
            return DEFAULTS.stream()
                    .filter(setting -> !written.containsKey(key(setting)))
                    .toList();
        }
        if (!written.containsKey("ipbt")) {
            return List.of();
        }
        if (!(written.get("ipbt") instanceof Map<?, ?> ipbt) || ipbt.isEmpty()) {
            return List.of(byDefault("ipbt", "{patience: 5, fraction: 0.2, slow: 0}"));
        }
        return DEFAULTS_OF_IPBT.stream()
                .filter(setting -> !ipbt.containsKey(key(setting).substring("ipbt.".length())))
                .toList();
    }

    private static String key(Setting setting) {
        return setting.path().substring(STRATEGY.length() + 1);
    }
}
