package org.evolvent.study.internal.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.study.spec.TrainerSpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * The canonical text of a study: JSON with everything that a decision may depend on, defaults included, and nothing that depends on the
 * machine. Two files with the same definition may share a run directory.
 */
final class Definition {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Definition() {}

    /** Returns the text as it is written today: the options of the strategy have all defaults filled in. */
    static String of(StudySpec study) {
        return of(2, study, study.strategy().options());
    }

    /**
     * Returns the text as version 1 wrote it, with the options of the strategy that the file has.
     *
     * @param written the section of the file; empty where it has none
     */
    static String ofVersion1(StudySpec study, Map<?, ?> written) {
        Map<Object, Object> strategy = new TreeMap<>(written);
        strategy.remove("classpath");
        return of(1, study, strategy);
    }

    /** Returns whether a text is of version 1. */
    static boolean isOfVersion1(String definition) {
        return definition.startsWith("{\"version\":1,");
    }

    /** Returns the number of the rules by which a log began; empty while it has no event. */
    static OptionalInt rules(EventStore log) {
        return log.first()
                .filter(Event.StudyCreated.class::isInstance)
                .map(created -> JSON.readTree(((Event.StudyCreated) created).definition())
                        .path("rules"))
                .map(number -> OptionalInt.of(number.asInt(Rules.V1.number())))
                .orElse(OptionalInt.empty());
    }

    private static String of(int version, StudySpec study, Map<?, ?> strategy) {
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("version", version);
        definition.put("study", study.name());
        definition.put("trainer", trainer(study.trainer()));
        definition.put(
                "space",
                study.space().parameters().stream().map(Definition::parameter).toList());
        if (!study.space().constraints().isEmpty()) {
            definition.put(
                    "constraints",
                    study.space().constraints().stream()
                            .map(Constraint::toString)
                            .toList());
        }
        definition.put("metric", study.objective().metric());
        definition.put("goal", word(study.objective().goal()));
        definition.put("population", study.population());
        definition.put("steps", study.budget().steps());
        study.budget().wallClock().ifPresent(limit -> definition.put("wall_clock", limit.toString()));
        study.budget().target().ifPresent(target -> definition.put("target", target));
        definition.put("interval", study.intervalSteps());
        // Left out otherwise, as below.
        study.intervalTime().ifPresent(time -> definition.put("interval_time", time.toString()));
        definition.put("burn_in", study.burnInSteps());
        definition.put("strategy", sorted(strategy));
        definition.put("mode", word(study.mode()));
        definition.put("attempts", study.attempts());
        if (study.rules() != Rules.V1) {
            // Left out otherwise, as below.
            definition.put("rules", study.rules().number());
            definition.put("absences", study.absences());
        }
        if (study.ancestors() > 0) {
            // Left out otherwise: logs from before there was such a thing do not have it.
            definition.put("ancestors", study.ancestors());
        }
        definition.put(
                "initial", study.initial().stream().map(Hyperparameters::plain).toList());
        definition.put("seed", study.seed());
        return JSON.writeValueAsString(definition);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Object trainer(TrainerSpec spec) {
        if (spec instanceof TrainerSpec.InJvm java) {
            return Map.of("java", java.factory());
        }
        return spec instanceof TrainerSpec.Command command
                ? Map.of("command", command.words())
                : Map.of("embedded", true);
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", parameter.name());
        fields.putAll(parameter.plain());
        return fields;
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
}
