package org.evolvent.study.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.study.internal.operators.OwnOperators;

/**
 * What a ready member does, as a study file says it: {@code {exploit: ..., explore: ...}}, or the name of a strategy. Immutable.
 *
 * @param options maps, lists, texts, numbers and truth values, with all defaults filled in
 * @param classpath patterns of jars and directories that hold the strategy's own classes, relative to the trainer's directory; empty for
 *     the trainer's class path
 */
public record StrategySpec(Map<String, Object> options, Optional<List<String>> classpath) {
    private static final StrategySpec STANDARD =
            new StrategySpec(Catalogue.builtIn().read(Map.of()).options(), Optional.empty());

    public StrategySpec {
        options = frozen(options);
        classpath = classpath.map(List::copyOf);
    }

    /** Returns the default: PBT whose share of copies suits the study ({@code adaptive}), and random steps ({@code mutate}). */
    public static StrategySpec standard() {
        return STANDARD;
    }

    /**
     * Returns a strategy of this library, or of the program's own classes under the key {@code java}.
     *
     * @param options as a study file has them; defaults are filled in
     * @throws org.evolvent.core.option.OptionException when they describe no strategy; it names the place within the options
     */
    public static StrategySpec of(Map<String, ?> options) {
        return new StrategySpec(OwnOperators.unloading().read(frozen(options)).options(), Optional.empty());
    }

    private static Map<String, Object> frozen(Map<String, ?> options) {
        Map<String, Object> frozen = new LinkedHashMap<>();
        options.forEach((key, value) -> frozen.put(key, frozen(value)));
        return Collections.unmodifiableMap(frozen);
    }

    /** Returns what a YAML parser would: the same value has one type. */
    private static Object frozen(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> frozen = new LinkedHashMap<>();
            map.forEach((key, inner) -> frozen.put(String.valueOf(key), frozen(inner)));
            return Collections.unmodifiableMap(frozen);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(StrategySpec::frozen).toList();
        }
        if (value instanceof Integer whole) {
            return whole.longValue();
        }
        return value;
    }
}
