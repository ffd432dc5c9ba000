package org.evolvent.trainer.internal.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StorageException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests to lines, and lines to answers: versions 1 and 2 of {@code docs/protocol.md}. Stateless. */
public final class Wire {
    /** The versions of the protocol that are spoken here. */
    static final List<Integer> VERSIONS = List.of(1, 2);

    /** What a message begins with; whatever stands before it on its line is log. */
    static final byte[] MARK = "{\"evolvent\"".getBytes(StandardCharsets.US_ASCII);

    private static final int QUOTED_CHARACTERS = 200;

    /** NaN and infinities are strings by the protocol, but many writers know only the bare words. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final int DEEPEST = 30;

    private Wire() {}

    /** Returns whether a version of the protocol is spoken here. */
    static boolean speaks(long version) {
        return VERSIONS.stream().anyMatch(known -> known == version);
    }

    /** Returns the seed that a trainer outside this JVM gets: from 0 to 2^31 - 1, which every library takes. */
    public static int seed(Attempt attempt) {
        return (int) (attempt.seed() ^ (attempt.seed() >>> 32)) & Integer.MAX_VALUE;
    }

    /** Returns the path of a directory as another program can open it. */
    public static String path(Path directory) {
        if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
            throw new EvolventException(
                    "The directory %s is in memory (%s), where a trainer in another process cannot reach it.\nMaybe use the file checkpoint store?"
                            .formatted(directory, directory.getFileSystem()));
        }
        return directory.toAbsolutePath().toString();
    }

    /** Returns hyperparameters as a JSON object. */
    public static ObjectNode json(Hyperparameters hyperparameters) {
        ObjectNode node = JSON.createObjectNode();
        hyperparameters.plain().forEach((name, value) -> node.set(name, json(value)));
        return node;
    }

    /** Returns a plain value of the core as JSON: a number, a text, true, false, null, or a list or a map of these. */
    public static JsonNode json(@Nullable Object plain) {
        return JSON.valueToTree(plain);
    }

    /**
     * Returns the line of a request, line feed included.
     *
     * @param version the one that was agreed on; {@code start} is written in version 1 for ever
     */
    static byte[] encode(Request request, int version) {
        ObjectNode node = JSON.createObjectNode().put("evolvent", request instanceof Request.Start ? 1 : version);
        if (request instanceof Request.Start start) {
            head(node, "start", start.id());
            start.versions().forEach(node.putArray("versions")::add);
            node.put("slot", start.slot()).put("run", start.run());
            start.fixed().forEach(node.putArray("fixed")::add);
            start.mark().ifPresent(mark -> node.put("mark", mark));
        } else if (request instanceof Request.Create create) {
            weights(node, "create", create.id(), create.attempt());
        } else if (request instanceof Request.Restore restore) {
            weights(node, "restore", restore.id(), restore.attempt())
                    .put("directory", path(restore.directory()))
                    .put("step", restore.attempt().stepFrom());
            reseed(node, restore.attempt(), version);
        } else if (request instanceof Request.Apply apply) {
            key(head(node, "apply", apply.id()), apply.attempt())
                    .set("hyperparameters", json(apply.attempt().hyperparameters()));
            reseed(node, apply.attempt(), version);
        } else if (request instanceof Request.Evaluate evaluate) {
            key(head(node, "evaluate", evaluate.id()), evaluate.attempt());
        } else if (request instanceof Request.Train train) {
            key(head(node, "train", train.id()), train.attempt())
                    .put("steps", train.attempt().steps());
            train.attempt().time().ifPresent(time -> node.put("seconds", time.toNanos() / 1e9));
        } else if (request instanceof Request.Save save) {
            key(head(node, "save", save.id()), save.attempt()).put("directory", path(save.directory()));
            if (save.telling()) {
                node.put("telling", true);
            }
        } else {
            head(node, request instanceof Request.Finish ? "finish" : "stop", request.id());
        }
        byte[] json = JSON.writeValueAsBytes(node);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    private static void reseed(ObjectNode node, Attempt attempt, int version) {
        if (version > 1) {
            attempt.reseed().ifPresent(seed -> node.put("reseed", seed));
        }
    }

    private static ObjectNode head(ObjectNode node, String type, long id) {
        return node.put("type", type).put("id", id);
    }

    private static ObjectNode key(ObjectNode node, Attempt attempt) {
        node.putObject("attempt")
                .put("member", attempt.member().index())
                .put("interval", attempt.interval())
                .put("number", attempt.number());
        return node;
    }

    private static ObjectNode weights(ObjectNode node, String type, long id, Attempt attempt) {
        key(head(node, type, id), attempt).set("hyperparameters", json(attempt.hyperparameters()));
        return node.put("seed", seed(attempt));
    }

    /** Returns where on a line a message begins; -1 when the line is log. */
    public static int messageStart(byte[] line) {
        for (int at = 0; at + MARK.length <= line.length; at++) {
            if (line[at] == MARK[0] && Arrays.equals(line, at, at + MARK.length, MARK, 0, MARK.length)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Reads a message.
     *
     * @param line a line
     * @param from where the message begins
     * @throws MalformedMessage when it is none
     */
    public static Answer decode(byte[] line, int from) throws MalformedMessage {
        JsonNode node;
        try {
            node = JSON.readTree(line, from, line.length - from);
        } catch (JacksonException e) {
            throw new MalformedMessage("%s in %s".formatted(e.getOriginalMessage(), quote(line, from)));
        }
        try {
            return answer(node);
        } catch (MalformedMessage e) {
            throw new MalformedMessage("%s in %s".formatted(e.getMessage(), quote(line, from)));
        }
    }

    private static Answer answer(JsonNode node) throws MalformedMessage {
        if (!speaks(integer(node, "evolvent").orElse(-1L))) {
            throw new MalformedMessage("the version %s is none of %s".formatted(brief(node.get("evolvent")), VERSIONS));
        }
        JsonNode type = node.path("type");
        if (!type.isString()) {
            throw new MalformedMessage("there is no 'type'");
        }
        return switch (type.stringValue()) {
            case "ok" ->
                new Answer.Ok(
                        required(node, "id"),
                        integer(node, "version"),
                        integer(node, "step"),
                        values(node),
                        metrics(node),
                        samples(node),
                        Told.files(node),
                        node.path("finishes").asBoolean(false),
                        node.path("marks").asBoolean(false));
            case "progress" -> new Answer.Progress(required(node, "id"), required(node, "step"), metrics(node));
            case "error" -> new Answer.Refused(integer(node, "id"), message(node), storage(node));
            default ->
                throw new MalformedMessage(
                        "the type '" + brief(type.stringValue()) + "' is none of ok, progress, error");
        };
    }

    private static String message(JsonNode node) throws MalformedMessage {
        return text(node, "message").orElseThrow(() -> new MalformedMessage("there is no 'message'"));
    }

    /** What later versions may say there is not understood, and no reason to refuse the message. */
    private static Optional<StorageException.Kind> storage(JsonNode node) {
        return text(node, "storage")
                .flatMap(word -> Arrays.stream(StorageException.Kind.values())
                        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst());
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    private static long required(JsonNode node, String name) throws MalformedMessage {
        return integer(node, name).orElseThrow(() -> new MalformedMessage("there is no '%s'".formatted(name)));
    }

    private static Optional<Long> integer(JsonNode node, String name) throws MalformedMessage {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new MalformedMessage("'%s' is %s but must be an integer of 64 bits".formatted(name, brief(value)));
        }
        return Optional.of(value.longValue());
    }

    private static JsonNode object(JsonNode node, String name) throws MalformedMessage {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isObject()) {
            return value;
        }
        throw new MalformedMessage("'%s' is %s but must be an object".formatted(name, brief(value)));
    }

    private static Map<String, Double> metrics(JsonNode node) throws MalformedMessage {
        return metricsOf(object(node, "metrics"));
    }

    /** Reads metrics from a JSON object; NaN and infinities may be strings or bare words. */
    public static Map<String, Double> metricsOf(byte[] json) throws MalformedMessage {
        try {
            JsonNode node = JSON.readTree(json);
            if (!node.isObject()) {
                throw new MalformedMessage("it is %s but must be an object".formatted(quote(json, 0)));
            }
            return metricsOf(node);
        } catch (JacksonException e) {
            throw new MalformedMessage("%s in %s".formatted(e.getOriginalMessage(), quote(json, 0)));
        }
    }

    private static Map<String, Double> metricsOf(JsonNode object) throws MalformedMessage {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            metrics.put(entry.getKey(), number("metric '%s'".formatted(brief(entry.getKey())), entry.getValue()));
        }
        return metrics;
    }

    private static List<Double> samples(JsonNode node) throws MalformedMessage {
        JsonNode array = node.path("samples");
        if (!array.isMissingNode() && !array.isArray()) {
            throw new MalformedMessage("'samples' is %s but must be an array".formatted(brief(array)));
        }
        List<Double> samples = new ArrayList<>();
        for (JsonNode sample : array) {
            samples.add(number("a sample", sample));
        }
        return samples;
    }

    private static double number(String what, JsonNode value) throws MalformedMessage {
        if (value.isNumber()) {
            return real(value);
        }
        return switch (value.isString() ? value.stringValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                throw new MalformedMessage(
                        what + " is " + brief(value) + " but must be a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
        };
    }

    /** Returns the nearest double, which for what is too large is infinite: Jackson would throw there. */
    private static double real(JsonNode number) {
        return number.numberValue().doubleValue();
    }

    private static Optional<Map<String, Value>> values(JsonNode node) throws MalformedMessage {
        JsonNode object = object(node, "hyperparameters");
        if (object.isMissingNode()) {
            return Optional.empty();
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            if (value.isIntegralNumber() && value.canConvertToLong()) {
                values.put(entry.getKey(), new Value.Int(value.longValue()));
            } else if (value.isNumber() && Double.isFinite(real(value))) {
                values.put(entry.getKey(), new Value.Real(real(value)));
            } else if (value.isString()) {
                values.put(entry.getKey(), new Value.Text(value.stringValue()));
            } else if (value.isBoolean()) {
                values.put(entry.getKey(), new Value.Flag(value.booleanValue()));
            } else if (value.isContainer() || value.isNull()) {
                values.put(entry.getKey(), structure(entry.getKey(), value));
            } else {
                throw new MalformedMessage("hyperparameter '%s' is %s but must be a number, a text, true or false"
                        .formatted(brief(entry.getKey()), brief(value)));
            }
        }
        return Optional.of(values);
    }

    private static Value structure(String name, JsonNode value) throws MalformedMessage {
        try {
            return value(value);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("hyperparameter '%s': %s".formatted(brief(name), e.getMessage()));
        }
    }

    /**
     * Returns the value that JSON stands for.
     *
     * @throws IllegalArgumentException when a number in it is too large, or it is nested too deep
     */
    public static Value value(JsonNode node) {
        return Value.of(plain(node, 0));
    }

    private static @Nullable Object plain(JsonNode node, int level) {
        if (node.isArray() && level < DEEPEST) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(each -> list.add(plain(each, level + 1)));
            return list;
        }
        if (node.isObject() && level < DEEPEST) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(each -> map.put(each.getKey(), plain(each.getValue(), level + 1)));
            return map;
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return real(node);
        }
        if (node.isBoolean() || node.isString()) {
            return node.isBoolean() ? (Object) node.booleanValue() : node.stringValue();
        }
        if (node.isNull()) {
            return null;
        }
        throw new IllegalArgumentException("It is nested deeper than %s levels".formatted(DEEPEST));
    }

    /** Returns what somebody wrote as a message can hold it, however long it is. */
    static String brief(@Nullable Object value) {
        String text = String.valueOf(value);
        String start = text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "...";
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    private static String quote(byte[] line, int from) {
        int length = Math.min(line.length - from, QUOTED_CHARACTERS);
        String text = new String(line, from, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        return "'%s'%s".formatted(text, from + length < line.length ? "..." : "");
    }
}
