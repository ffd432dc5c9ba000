package org.evolvent.study.internal.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.strategy.Rules;
import org.evolvent.runtime.EvolventException;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.SourceLocation;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.study.spec.TrainerSpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The canonical text of a study: JSON with everything that a decision may depend on, defaults included, and nothing that depends on the
 * machine. Two files with the same definition may share a run directory.
 */
final class Definition {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Characters that JSON may hold as they are, but YAML only in escapes. */
    private static final Pattern NOT_IN_YAML = Pattern.compile("[\\x7f-\\x84\\x86-\\x9f\\ufffe\\uffff]");

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

    /** Returns the number of the rules that a definition says. */
    static int rules(String definition) {
        return JSON.readTree(definition).path("rules").asInt(Rules.V1.number());
    }

    /** Returns what a definition says as a study file says it, in maps, lists, texts, numbers and truth values. */
    static Map<String, Object> plain(String definition) {
        List<Problem> problems = new ArrayList<>();
        String escaped = NOT_IN_YAML
                .matcher(definition)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
        return YamlReader.option(SourceLocation.option("the log"), "", escaped, problems)
                .filter(Tree.Mapping.class::isInstance)
                .map(tree -> asFile(((Tree.Mapping) tree).plain()))
                .orElseThrow(() -> new EvolventException(
                        "The log has a definition of its study that cannot be read: %s".formatted(problems)));
    }

    private static Map<String, Object> asFile(Map<String, Object> definition) {
        Map<String, Object> file = new LinkedHashMap<>();
        put(file, "study", definition.get("study"));
        put(file, "trainer", definition.get("trainer"));
        Map<String, Object> space = new LinkedHashMap<>();
        for (Object each : (List<?>) definition.getOrDefault("space", List.of())) {
            Map<String, Object> fields = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((key, value) -> fields.put(String.valueOf(key), value));
            space.put(String.valueOf(fields.remove("name")), fields);
        }
        file.put("space", space);
        put(file, "constraints", definition.get("constraints"));
        put(file, "objective.metric", definition.get("metric"));
        put(file, "objective.goal", definition.get("goal"));
        put(file, "objective.absences", definition.get("absences"));
        put(file, "population", definition.get("population"));
        put(file, "budget.steps", definition.get("steps"));
        put(file, "budget.wall_clock", definition.get("wall_clock"));
        put(file, "budget.target", definition.get("target"));
        if (definition.get("interval_time") instanceof String time) {
            put(file, "interval.seconds", seconds(Duration.parse(time)));
        } else {
            put(file, "interval.steps", definition.get("interval"));
        }
        put(file, "burn_in.steps", definition.get("burn_in"));
        put(file, "strategy", definition.get("strategy"));
        put(file, "execution.mode", definition.get("mode"));
        put(file, "attempts", definition.get("attempts"));
        put(file, "keep.ancestors", definition.get("ancestors"));
        put(file, "initial", definition.get("initial"));
        put(file, "rules", definition.get("rules"));
        put(file, "seed", definition.get("seed"));
        return file;
    }

    private static Number seconds(Duration time) {
        return time.getNano() == 0 ? (Number) time.getSeconds() : (Number) (time.toNanos() / 1e9);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> file, String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        int dot = key.indexOf('.');
        if (dot < 0) {
            file.put(key, value);
        } else {
            ((Map<String, Object>) file.computeIfAbsent(key.substring(0, dot), section -> new LinkedHashMap<>()))
                    .put(key.substring(dot + 1), value);
        }
    }

    /**
     * Returns a study file that says what a definition says.
     *
     * @param around says all on which no decision depends: what trains, where and with what
     */
    static Tree.Mapping file(String definition, Tree.Mapping around, List<Problem> problems) {
        Map<String, Object> written = around.plain();
        Map<String, Object> file = plain(definition);
        file.put("trainer", written.getOrDefault("trainer", Map.of()));
        if (written.containsKey("baseline")) {
            file.put("baseline", written.get("baseline"));
        }
        Map<String, Object> execution = section(written, "execution");
        execution.putAll(section(file, "execution"));
        file.put("execution", execution);
        Map<String, Object> strategy = section(file, "strategy");
        if (section(written, "strategy").containsKey("classpath")) {
            strategy.put("classpath", section(written, "strategy").get("classpath"));
        }
        file.put("strategy", strategy);
        return (Tree.Mapping) YamlReader.option(around.place(), "", JSON.writeValueAsString(file), problems)
                .orElseThrow();
    }

    private static Map<String, Object> section(Map<String, Object> file, String key) {
        Map<String, Object> section = new LinkedHashMap<>();
        if (file.get(key) instanceof Map<?, ?> found) {
            found.forEach((name, value) -> section.put(String.valueOf(name), value));
        }
        return section;
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
        definition.put("initial", initial(study));
        definition.put("seed", study.seed());
        return JSON.writeValueAsString(definition);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<Map<String, Object>> initial(StudySpec study) {
        List<Map<String, Object>> initial = new ArrayList<>();
        for (Hyperparameters point : study.initial()) {
            Map<String, Object> plain = new LinkedHashMap<>();
            Optional.ofNullable(study.checkpoints().get(initial.size()))
                    .ifPresent(checkpoint -> plain.put("checkpoint", checkpoint.toString()));
            plain.putAll(point.plain());
            initial.add(plain);
        }
        return initial;
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
