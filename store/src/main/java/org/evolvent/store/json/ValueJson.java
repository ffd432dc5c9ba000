package org.evolvent.store.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Hyperparameters as a JSON object in the order of the space. A real number always has a point or an exponent and an integer never has,
 * so that both come back with their type; doubles come back with their exact bits.
 */
public final class ValueJson {
    private ValueJson() {}

    /** Writes an object. */
    public static void write(JsonGenerator json, Hyperparameters hyperparameters) {
        json.writeStartObject();
        hyperparameters.values().forEach((name, value) -> {
            json.writeName(name);
            write(json, value);
        });
        json.writeEndObject();
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException when it is none, or a value is neither number, text, true nor false
     */
    public static Hyperparameters read(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("Hyperparameters are %s but must be an object".formatted(node));
        }
        Map<String, Value> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return Hyperparameters.of(values);
    }

    private static void write(JsonGenerator json, Value value) {
        if (value instanceof Value.Real real) {
            json.writeNumber(real.value());
        } else if (value instanceof Value.Int integer) {
            json.writeNumber(integer.value());
        } else if (value instanceof Value.Text text) {
            json.writeString(text.value());
        } else {
            json.writeBoolean(((Value.Flag) value).value());
        }
    }

    private static Value value(JsonNode node) {
        if (node.isFloatingPointNumber()) {
            return new Value.Real(node.doubleValue());
        }
        if (node.isIntegralNumber()) {
            return new Value.Int(node.longValue());
        }
        if (node.isBoolean()) {
            return new Value.Flag(node.booleanValue());
        }
        return new Value.Text(node.stringValue());
    }
}
