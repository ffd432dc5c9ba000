package org.evolvent.trainer.internal.explore;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Value;
import org.evolvent.runtime.StorageException;
import org.evolvent.trainer.internal.process.Wire;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions to lines and lines to answers, version 1. Stateless. */
final class ExploreWire {
    static final int VERSION = 1;

    /** Of a larger population the program sees the best. */
    static final int MOST_MEMBERS = 1000;

    private static final int QUOTED_CHARACTERS = 500;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** What a program proposes, and why if it says so. */
    record Answer(Hyperparameters hyperparameters, Optional<String> reason) {}

    private ExploreWire() {}

    static byte[] start(long id) {
        ObjectNode node = head("start", id);
        node.putArray("versions").add(VERSION);
        return line(node);
    }

    static byte[] explore(long id, Question question) {
        Handover handover = question.handover();
        ObjectNode node = head("explore", id).put("seed", question.seed());
        ObjectNode space = node.putObject("space");
        for (Parameter parameter : handover.space().parameters()) {
            domain(space.putObject(parameter.name()), parameter);
        }
        node.set("inherited", Wire.json(handover.inherited()));
        node.set("own", Wire.json(handover.self().hyperparameters()));
        if (handover.isCopy()) {
            point(node.putObject("member"), handover.self());
            point(node.putObject("donor"), handover.donor());
        }
        ArrayNode population = node.putArray("population");
        for (ReadyPoint point : handover.population().ranking()) {
            if (population.size() == MOST_MEMBERS) {
                break;
            }
            point(population.addObject(), point);
        }
        return line(node);
    }

    private static ObjectNode head(String type, long id) {
        return JSON.createObjectNode()
                .put("evolvent", VERSION)
                .put("type", type)
                .put("id", id);
    }

    private static byte[] line(ObjectNode node) {
        byte[] json = JSON.writeValueAsBytes(node);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** A domain is written as in a study file. */
    private static void domain(ObjectNode node, Parameter parameter) {
        parameter.plain().forEach((name, value) -> node.set(name, Wire.json(value)));
        node.put("fixed", parameter.fixed());
    }

    private static void point(ObjectNode node, ReadyPoint point) {
        node.put("member", point.member().index())
                .put("interval", point.interval())
                .put("step", point.step());
        if (point.score() instanceof Score.Valid valid) {
            node.put("score", valid.value());
        } else {
            node.putNull("score");
        }
        node.set("hyperparameters", Wire.json(point.hyperparameters()));
    }

    /** Reads the answer to a start. */
    static void started(byte[] line, int from, long id) throws ExploreFailure {
        JsonNode version = ok(line, from, id).path("version");
        if (!version.isIntegralNumber() || version.asLong(-1) != VERSION) {
            throw new ExploreFailure("It wants to speak version %s of the protocol, but only %s is known here"
                    .formatted(version.isMissingNode() ? "(none)" : brief(version), VERSION));
        }
    }

    /**
     * Reads the answer to a question.
     *
     * @throws ExploreFailure also when what it proposes does not lie in the space
     */
    static Answer answer(byte[] line, int from, long id, Question question) throws ExploreFailure {
        JsonNode node = ok(line, from, id);
        JsonNode proposed = node.path("hyperparameters");
        if (!proposed.isObject()) {
            throw new ExploreFailure(
                    "It answered %s but must give 'hyperparameters' as an object".formatted(brief(node)));
        }
        JsonNode reason = node.path("reason");
        return new Answer(
                inside(question.handover(), proposed),
                reason.isString() && !reason.stringValue().isBlank()
                        ? Optional.of(reason.stringValue())
                        : Optional.empty());
    }

    private static JsonNode ok(byte[] line, int from, long id) throws ExploreFailure {
        JsonNode node;
        try {
            node = JSON.readTree(line, from, line.length - from);
        } catch (JacksonException e) {
            throw new ExploreFailure("It wrote a message that is not JSON: %s".formatted(e.getOriginalMessage()));
        }
        String type = node.path("type").asString("");
        if (type.equals("error")) {
            String message = node.path("message").asString("");
            throw new ExploreFailure(
                    "It answered with an error: %s".formatted(brief(message)), StorageException.saidBy(message));
        }
        if (!type.equals("ok") || node.path("id").asLong(-1) != id) {
            throw new ExploreFailure(
                    "It was asked question %s and answered something else: %s".formatted(id, brief(node)));
        }
        return node;
    }

    /** Returns the inherited hyperparameters with those that are proposed instead. */
    private static Hyperparameters inside(Handover handover, JsonNode proposed) throws ExploreFailure {
        Hyperparameters inherited = handover.inherited();
        Map<String, Value> values = new LinkedHashMap<>(inherited.values());
        List<Parameter> parameters = handover.space().parameters();
        List<String> names = parameters.stream().map(Parameter::name).toList();
        for (String name : proposed.propertyNames()) {
            if (!names.contains(name)) {
                throw new ExploreFailure("It proposed '%s' but there is no such hyperparameter; there is %s"
                        .formatted(brief(name), names));
            }
        }
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            JsonNode given = proposed.path(name);
            if (given.isMissingNode()) {
                continue;
            }
            Value value = value(parameter.domain(), given)
                    .orElseThrow(() -> new ExploreFailure("It proposed %s = %s but that must lie in %s"
                            .formatted(name, brief(given), shown(parameter))));
            if (parameter.fixed() && !value.equals(inherited.get(name))) {
                throw new ExploreFailure("It proposed %s = %s but that is fixed and must stay %s"
                        .formatted(name, brief(given), inherited.get(name)));
            }
            values.put(name, value);
        }
        return Hyperparameters.of(values);
    }

    private static String shown(Parameter parameter) {
        ObjectNode node = JSON.createObjectNode();
        domain(node, parameter);
        return node.toString();
    }

    /** Returns the value of a domain that JSON stands for, which writes 1 for 1.0 in some languages and 1.0 for 1 in others. */
    private static Optional<Value> value(Domain domain, JsonNode given) {
        // The nearest double, infinite for what is too large: Jackson would throw there.
        double number = given.isNumber() ? given.numberValue().doubleValue() : Double.NaN;
        if (domain instanceof Choice choice) {
            return choice.values().stream()
                    .filter(value -> given.isNumber()
                            ? value.plain() instanceof Number known && known.doubleValue() == number
                            : isThis(value, given))
                    .findFirst();
        }
        if (!Double.isFinite(number)) {
            return Optional.empty();
        }
        if (domain instanceof Reals) {
            return Optional.<Value>of(new Value.Real(number)).filter(domain::contains);
        }
        return Optional.<Value>of(new Value.Int((long) number))
                .filter(value -> (long) number == number && domain.contains(value));
    }

    private static boolean isThis(Value value, JsonNode given) {
        try {
            return value.equals(Wire.value(given));
        } catch (IllegalArgumentException e) {
            return false; // Nested deeper than any value.
        }
    }

    /** Returns what a program wrote as a message can hold it. */
    private static String brief(Object written) {
        String text = String.valueOf(written).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "...";
    }
}
