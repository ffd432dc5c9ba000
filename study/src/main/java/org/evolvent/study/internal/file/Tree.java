package org.evolvent.study.internal.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.study.spec.SourceLocation;

/** A YAML value that knows where it was written and under which key. Immutable. */
sealed interface Tree {
    /** Returns where it was written. */
    SourceLocation place();

    /** Returns this value as written elsewhere. */
    Tree at(SourceLocation other);

    /** Returns the keys that lead to it, such as {@code space.dropout.float}; empty for the whole file. */
    String path();

    /** As much of a value as a message shows. */
    int LONGEST_SHOWN = 200;

    /** Returns the value as a person would write it, cut where it is long. */
    default String shown() {
        StringBuilder out = new StringBuilder();
        show(out);
        return out.length() <= LONGEST_SHOWN ? out.toString() : out.substring(0, LONGEST_SHOWN) + "...";
    }

    /** Appends the value as a person would write it; collections stop when there is more than is shown. */
    void show(StringBuilder out);

    /** Returns the value as maps, lists, texts, longs, doubles and booleans; an empty value is an empty map. */
    Object plain();

    /**
     * One value.
     *
     * @param value a {@code String}, {@code Long}, {@code Double}, {@code Boolean}, or {@link Empty#EMPTY}
     * @param text as it was written
     * @param isQuoted whether it was written in quotes, or as a block, and so is meant as a text
     */
    record Scalar(SourceLocation place, String path, Object value, String text, boolean isQuoted) implements Tree {
        @Override
        public Tree at(SourceLocation other) {
            return new Scalar(other, path, value, text, isQuoted);
        }

        @Override
        public void show(StringBuilder out) {
            out.append(value instanceof Empty ? "empty" : value instanceof String ? "'" + text + "'" : text);
        }

        @Override
        public Object plain() {
            return value instanceof Empty ? Map.of() : value;
        }
    }

    /** The value of a key with nothing behind it. */
    enum Empty {
        EMPTY
    }

    /** Values in an order. */
    record Listing(SourceLocation place, String path, List<Tree> items) implements Tree {
        @Override
        public Tree at(SourceLocation other) {
            return new Listing(other, path, items);
        }

        @Override
        public void show(StringBuilder out) {
            String before = "[";
            for (Tree item : items) {
                if (out.length() > LONGEST_SHOWN) {
                    return;
                }
                item.show(out.append(before));
                before = ", ";
            }
            out.append(items.isEmpty() ? "[]" : "]");
        }

        @Override
        public Object plain() {
            return items.stream().map(Tree::plain).toList();
        }
    }

    /** Values by key, in the order of the file. */
    record Mapping(SourceLocation place, String path, Map<String, Tree> fields) implements Tree {
        @Override
        public Tree at(SourceLocation other) {
            return new Mapping(other, path, fields);
        }

        @Override
        public void show(StringBuilder out) {
            String before = "{";
            for (Map.Entry<String, Tree> field : fields.entrySet()) {
                if (out.length() > LONGEST_SHOWN) {
                    return;
                }
                field.getValue().show(out.append(before).append(field.getKey()).append(": "));
                before = ", ";
            }
            out.append(fields.isEmpty() ? "{}" : "}");
        }

        @Override
        public Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            fields.forEach((key, value) -> plain.put(key, value.plain()));
            return plain;
        }

        /** Returns this mapping with one field added or replaced. */
        Mapping with(String key, Tree value) {
            Map<String, Tree> changed = new LinkedHashMap<>(fields);
            changed.put(key, value);
            return new Mapping(place, path, changed);
        }

        /** Returns this mapping without a field. */
        Mapping without(String key) {
            Map<String, Tree> changed = new LinkedHashMap<>(fields);
            changed.remove(key);
            return new Mapping(place, path, changed);
        }
    }

    /** Returns the path of a key below a path. */
    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
