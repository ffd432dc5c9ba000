package org.evolvent.store.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The plain values of the core as JSON: {@code Double}, {@code Long}, {@code String}, {@code Boolean}, lists and maps of these. A double
 * always has a point or an exponent and an integer never has, so that both come back with their type; doubles come back with their exact
 * bits. Maps keep their order. Stateless.
 */
public final class PlainJson {
    private PlainJson() {}

    /** Writes a value. */
    public static void write(JsonGenerator json, @Nullable Object plain) {
        if (plain == null) {
            json.writeNull();
        } else if (plain instanceof Double number) {
            json.writeNumber((double) number);
        } else if (plain instanceof Long number) {
            json.writeNumber((long) number);
        } else if (plain instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (plain instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(each -> write(json, each));
            json.writeEndArray();
        } else if (plain instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, each) -> {
                json.writeName((String) name);
                write(json, each);
            });
            json.writeEndObject();
        } else {
            json.writeString((String) plain);
        }
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException when it is none, or there is a null in it
     */
    public static Map<String, Object> object(JsonNode node) {
        requireObject(node);
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), read(entry.getValue(), false)));
        return values;
    }

    /**
     * Reads an object in which there may be nulls: what an operator remembers of hyperparameters, say.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Map<String, Object> objectWithNulls(JsonNode node) {
        requireObject(node);
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), read(entry.getValue(), true)));
        return values;
    }

    /**
     * Reads hyperparameters, of which one may be null.
     *
     * @throws IllegalArgumentException when they are no object
     */
    public static Hyperparameters hyperparameters(JsonNode node) {
        requireObject(node);
        Map<String, Value> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), Value.of(read(entry.getValue(), true))));
        return Hyperparameters.of(values);
    }

    private static void requireObject(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("It is %s but must be an object".formatted(node));
        }
    }

    private static @Nullable Object read(JsonNode node, boolean nulls) {
        if (node.isFloatingPointNumber()) {
            return node.doubleValue();
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(each -> list.add(read(each, nulls)));
            return list;
        }
        if (node.isObject()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            node.properties().forEach(entry -> values.put(entry.getKey(), read(entry.getValue(), nulls)));
            return values;
        }
        if (node.isNull() && nulls) {
            return null;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        throw new IllegalArgumentException(
                "There is %s where a number, a text, true, false, a list or an object must be".formatted(node));
    }
}
