package org.evolvent.core.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, mappings and what they consist of: copies that nobody changes, and their text. */
final class JsonText {
    private static final int DEEPEST = 20;

    private JsonText() {}

    /** Returns a copy of which every number is a {@code Long} or a {@code Double}. */
    static @Nullable Object frozen(@Nullable Object plain, int level) {
        if (level > DEEPEST) {
            throw new IllegalArgumentException("A hyperparameter is nested deeper than %s levels".formatted(DEEPEST));
        }
        if (plain instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(frozen(item, level + 1)));
            return Collections.unmodifiableList(copy);
        }
        if (plain instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), frozen(item, level + 1)));
            return Collections.unmodifiableMap(copy);
        }
        return plain == null ? null : Value.of(plain).plain();
    }

    /** Returns JSON; different values have different texts, but for the order of keys. */
    static String of(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        if (value instanceof List<?> list) {
            String before = "[";
            for (Object item : list) {
                write(item, text.append(before));
                before = ", ";
            }
            text.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Map<?, ?> map) {
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                quote(String.valueOf(entry.getKey()), text.append(before));
                write(entry.getValue(), text.append(": "));
                before = ", ";
            }
            text.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof String string) {
            quote(string, text);
        } else {
            text.append(value);
        }
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
