package org.evolvent.core.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One section of a tree of options. Every getter notes that its key is known; {@link #make} then refuses the keys that nobody asked for.
 * Every error is an {@link OptionException}. Not thread-safe.
 */
public final class Options {
    private final List<String> path;
    private final Map<String, @Nullable Object> values;
    private final Set<String> asked = new LinkedHashSet<>();

    private Options(List<String> path, Map<String, @Nullable Object> values) {
        this.path = path;
        this.values = values;
    }

    /**
     * Returns the root section.
     *
     * @param values maps, lists, numbers, texts and truth values, as a YAML parser returns them
     */
    public static Options of(Map<String, ?> values) {
        return new Options(List.of(), new LinkedHashMap<>(values));
    }

    /** Returns whether a key is present. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns the keys that are present, in order. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** Returns this section as it is without some keys; what remains is for the returned section to ask. */
    public Options without(String... keys) {
        asked.addAll(values.keySet());
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(List.of(keys));
        return new Options(path, rest);
    }

    /** Returns a number, or the default where the key is absent. */
    public double real(String key, double byDefault) {
        Object value = value(key);
        return value == null ? byDefault : real(value, below(key));
    }

    /** Returns an integer, or the default where the key is absent. */
    public int integer(String key, int byDefault) {
        Object value = value(key);
        return value == null ? byDefault : integer(value, below(key));
    }

    /** Returns a list of numbers, or the default where the key is absent. */
    public List<Double> reals(String key, List<Double> byDefault) {
        return list(key, byDefault, Options::real);
    }

    /** Returns a list of integers, or the default where the key is absent. */
    public List<Integer> integers(String key, List<Integer> byDefault) {
        return list(key, byDefault, Options::integer);
    }

    /** Returns a list of texts, or the default where the key is absent. */
    public List<String> texts(String key, List<String> byDefault) {
        return list(key, byDefault, Options::text);
    }

    /** Returns a text, or the default where the key is absent. */
    public String text(String key, String byDefault) {
        Object value = value(key);
        return value == null ? byDefault : text(value, below(key));
    }

    /** Returns one of several named things, or the default where the key is absent. */
    public <T> T choice(String key, Map<String, T> allowed, T byDefault) {
        Object value = value(key);
        if (value == null) {
            return byDefault;
        }
        T chosen = value instanceof String || value instanceof Boolean ? allowed.get(value.toString()) : null;
        if (chosen == null) {
            throw new OptionException(
                    below(key),
                    "It is %s but must be one of %s%s"
                            .formatted(value, allowed.keySet(), suggestion(value.toString(), allowed.keySet())));
        }
        return chosen;
    }

    /**
     * Returns the section under a key. A text is a section's only key: {@code none} stands for {@code {none: {}}}.
     *
     * @param byDefault the only key of the section that stands in where the key is absent
     */
    public Options section(String key, String byDefault) {
        Object value = value(key);
        return section(value == null ? byDefault : value, below(key));
    }

    /** Returns the section under the only key of this one, which must be among the allowed. */
    public <T> T only(Map<String, Function<Options, T>> allowed) {
        if (values.size() != 1) {
            throw new OptionException(
                    path, "It has the keys %s but must have one of %s".formatted(values.keySet(), allowed.keySet()));
        }
        return named(values.keySet().iterator().next(), allowed);
    }

    /** Makes what stands under a key that is present, which must be among the allowed. */
    public <T> T named(String key, Map<String, Function<Options, T>> allowed) {
        Function<Options, T> maker = allowed.get(key);
        if (maker == null) {
            throw new OptionException(
                    below(key),
                    "There is no '%s'; there is %s%s"
                            .formatted(key, allowed.keySet(), suggestion(key, allowed.keySet())));
        }
        Object value = value(key);
        Options inner = value == null ? new Options(below(key), new LinkedHashMap<>()) : section(value, below(key));
        return inner.make(() -> maker.apply(inner));
    }

    /** Runs the maker, blames this section for the values that it refuses, and refuses the keys that it did not ask for. */
    public <T> T make(Supplier<T> maker) {
        T made;
        try {
            made = maker.get();
        } catch (OptionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // With one option given, it is that one; with several, the message says which.
            List<String> culprit =
                    values.size() == 1 ? below(values.keySet().iterator().next()) : path;
            throw new OptionException(culprit, String.valueOf(e.getMessage()));
        }
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                throw new OptionException(
                        below(key), "There is no option '%s' here%s".formatted(key, allowedHere(key)));
            }
        }
        return made;
    }

    private String allowedHere(String key) {
        return asked.isEmpty() ? "; there are none" : "; there is %s%s".formatted(asked, suggestion(key, asked));
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return values.get(key);
    }

    private List<String> below(String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private <T> List<T> list(String key, List<T> byDefault, Reader<T> reader) {
        Object value = value(key);
        if (value == null) {
            return byDefault;
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(below(key), value, "a list");
        }
        List<T> read = new ArrayList<>();
        for (Object element : list) {
            List<String> at = Stream.concat(below(key).stream(), Stream.of(Integer.toString(read.size())))
                    .toList();
            read.add(reader.read(element, at));
        }
        return read;
    }

    private interface Reader<T> {
        T read(Object value, List<String> path);
    }

    private static Options section(Object value, List<String> path) {
        Map<String, @Nullable Object> section = new LinkedHashMap<>();
        if (value instanceof String name) {
            section.put(name, null);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> section.put(String.valueOf(key), inner));
        } else {
            throw wrong(path, value, "a name or a section");
        }
        return new Options(path, section);
    }

    private static double real(Object value, List<String> path) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(path, value, "a number");
    }

    private static int integer(Object value, List<String> path) {
        if (value instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw wrong(path, value, "an integer");
    }

    private static String text(Object value, List<String> path) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(path, value, "a text");
    }

    private static OptionException wrong(List<String> path, Object value, String wanted) {
        return new OptionException(path, "It is %s but must be %s".formatted(value, wanted));
    }

    private static String suggestion(String wrong, Set<String> allowed) {
        return allowed.stream()
                .filter(name -> isNear(wrong, name))
                .findFirst()
                .map("\nMaybe '%s'?"::formatted)
                .orElse("");
    }

    /** One letter too many, too few, other or swapped with its neighbour; or the same but for case and punctuation. */
    private static boolean isNear(String a, String b) {
        String plainA = a.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        String plainB = b.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        int start = 0;
        int shorter = StrictMath.min(plainA.length(), plainB.length());
        while (start < shorter && plainA.charAt(start) == plainB.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && plainA.charAt(plainA.length() - 1 - end) == plainB.charAt(plainB.length() - 1 - end)) {
            end++;
        }
        int leftA = plainA.length() - start - end;
        int leftB = plainB.length() - start - end;
        boolean oneLetter = leftA <= 1 && leftB <= 1;
        boolean swapped = leftA == 2 && leftB == 2 && shorter > 3;
        return oneLetter || swapped;
    }
}
