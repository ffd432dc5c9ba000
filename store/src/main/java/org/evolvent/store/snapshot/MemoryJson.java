package org.evolvent.store.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.memory.Memory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What a strategy remembers, within a snapshot. A double always has a point or an exponent and an integer never has. */
final class MemoryJson {
    private MemoryJson() {}

    static void write(JsonGenerator json, Memory memory) {
        plain(json, memory.values());
    }

    private static void plain(JsonGenerator json, Object value) {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, each) -> {
                json.writeName((String) name);
                plain(json, each);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(each -> plain(json, each));
            json.writeEndArray();
        } else if (value instanceof Long number) {
            json.writeNumber((long) number);
        } else if (value instanceof Double number) {
            json.writeNumber((double) number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString((String) value);
        }
    }

    static Memory read(JsonNode node) {
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(each -> values.put(each.getKey(), plain(each.getValue())));
        return Memory.of(values);
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            return read(node);
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(each -> list.add(plain(each)));
            return list;
        }
        if (node.isFloatingPointNumber()) {
            return node.doubleValue();
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.isBoolean() ? node.booleanValue() : node.stringValue();
    }
}
