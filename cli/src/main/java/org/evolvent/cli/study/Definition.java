package org.evolvent.cli.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Study;
import tools.jackson.databind.json.JsonMapper;

/**
 * The canonical text of a study: JSON with everything that a decision may depend on, defaults included, and nothing that depends on the
 * machine. Two files with the same definition may share a run directory.
 */
final class Definition {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Definition() {}

    /** Returns the text as it is written today: the options of the strategy have all defaults filled in. */
    static String of(StudyReader.Parts parts) {
        return of(2, parts, parts.strategy());
    }

    /**
     * Returns the text as version 1 wrote it, with the options of the strategy that the file has.
     *
     * @param written the section of the file; empty where it has none
     */
    static String ofVersion1(StudyReader.Parts parts, Map<?, ?> written) {
        Map<Object, Object> strategy = new TreeMap<>(written);
        strategy.remove("classpath");
        return of(1, parts, strategy);
    }

    /** Returns whether a text is of version 1. */
    static boolean isOfVersion1(String definition) {
        return definition.startsWith("{\"version\":1,");
    }

    private static String of(int version, StudyReader.Parts parts, Map<?, ?> strategy) {
        Study study = parts.study();
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("version", version);
        definition.put("study", study.name());
        definition.put("trainer", trainer(parts.trainer()));
        definition.put(
                "space",
                study.space().parameters().stream().map(Definition::parameter).toList());
        definition.put("metric", study.objective().metric());
        definition.put("goal", lower(study.objective().goal()));
        definition.put("population", study.population());
        definition.put("steps", study.budget().steps());
        study.budget().wallClock().ifPresent(limit -> definition.put("wall_clock", limit.toString()));
        study.budget().target().ifPresent(target -> definition.put("target", target));
        definition.put("interval", study.intervalSteps());
        definition.put("burn_in", study.burnInSteps());
        definition.put("strategy", sorted(strategy));
        definition.put("mode", lower(study.mode()));
        definition.put("attempts", study.attempts());
        if (study.ancestors() > 0) {
            // Left out otherwise: logs from before there was such a thing do not have it.
            definition.put("ancestors", study.ancestors());
        }
        definition.put(
                "initial", study.initial().stream().map(Definition::point).toList());
        definition.put("seed", study.seed());
        return JSON.writeValueAsString(definition);
    }

    private static Object trainer(TrainerSpec spec) {
        return spec instanceof TrainerSpec.InJvm java
                ? Map.of("java", java.factory())
                : Map.of("command", ((TrainerSpec.Command) spec).words());
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", parameter.name());
        fields.putAll(domain(parameter.domain()));
        if (parameter.fixed()) {
            fields.put("fixed", true);
        }
        return fields;
    }

    /** Returns a domain as a study file spells it. */
    static Map<String, Object> domain(Domain domain) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (domain instanceof Reals reals) {
            fields.put("float", List.of(reals.low(), reals.high()));
            fields.put("scale", lower(reals.scale()));
        } else if (domain instanceof Ints ints) {
            fields.put("int", List.of(ints.low(), ints.high()));
            fields.put("scale", lower(ints.scale()));
        } else {
            Choice choice = (Choice) domain;
            fields.put("choice", choice.values().stream().map(Value::plain).toList());
            fields.put("ordered", choice.ordered());
        }
        return fields;
    }

    private static Map<String, Object> point(Hyperparameters hyperparameters) {
        Map<String, Object> point = new LinkedHashMap<>();
        hyperparameters.values().forEach((name, value) -> point.put(name, value.plain()));
        return point;
    }

    private static Object sorted(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, value) -> sorted.put(String.valueOf(key), sorted(value)));
            return sorted;
        }
        return plain instanceof List<?> list
                ? list.stream().map(Definition::sorted).toList()
                : plain;
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
