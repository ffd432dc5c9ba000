package org.evolvent.core.option;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.evolvent.core.internal.words.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * One section of a tree of options. Every getter notes that its key is known; {@link #make} then refuses the keys that nobody asked for.
 * What was asked for can be had again with all defaults filled in: {@link #filled}. Every error is an {@link OptionException}. Not
 * thread-safe.
 */
public final class Options {
    private static final OptionType<Double> ANY_REAL = OptionType.realAbove(Double.NEGATIVE_INFINITY);
    private static final OptionType<Integer> ANY_INTEGER = OptionType.integer(Integer.MIN_VALUE);
    private static final OptionType<String> ANY_TEXT = OptionType.text();

    private final List<String> path;
    private final Map<String, @Nullable Object> values;
    private final Set<String> asked = new LinkedHashSet<>();

    /** Plain values, and sections as {@link Options}. */
    private final Map<String, Object> taken;

    private Options(List<String> path, Map<String, @Nullable Object> values, Map<String, Object> taken) {
        this.path = path;
        this.values = values;
        this.taken = taken;
    }

    /**
     * Returns the root section.
     *
     * @param values maps, lists, numbers, texts and truth values, as a YAML parser returns them
     */
    public static Options of(Map<String, ?> values) {
        return new Options(List.of(), new LinkedHashMap<>(values), new LinkedHashMap<>());
    }

    /** Returns whether a key is present. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns the keys that are present, in order. */
    public Set<String> keys() {
        return values.keySet();
    }

    /**
     * Returns what was asked for, in that order, with the defaults that stood in: options that mean the same, now and whatever becomes of
     * the defaults.
     */
    public Map<String, Object> filled() {
        Map<String, Object> filled = new LinkedHashMap<>();
        taken.forEach((key, value) -> filled.put(key, value instanceof Options section ? section.filled() : value));
        return filled;
    }

    /** Returns this section as it is without some keys; what remains is for the returned section to ask. */
    public Options without(String... keys) {
        asked.addAll(values.keySet());
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(List.of(keys));
        return new Options(path, rest, taken);
    }

    /** Takes everything that is here as it is. */
    public void takeAll() {
        asked.addAll(values.keySet());
        values.forEach((key, value) -> taken.put(key, value == null ? Map.of() : value));
    }

    /** Returns the value of an option, or its default where the key is absent. */
    public <T> T get(Option<T> option) {
        return get(option.name(), option.type(), option.byDefault());
    }

    /**
     * Returns the value of an option that came later than the others of its operator, whose default is what was done before. What is
     * {@linkplain #filled filled in} leaves that out, since the definitions of runs from before do not have it; so it must stay.
     */
    public <T> T getAdded(Option<T> option) {
        return getAdded(option, option.byDefault());
    }

    /**
     * Returns the value of an option that came later than the others of its operator.
     *
     * @param before what was done before: left out of what is filled in, and what has to be said where it is not the default
     */
    public <T> T getAdded(Option<T> option, T before) {
        T value = get(option);
        if (value.equals(before)) {
            taken.remove(option.name());
        }
        return value;
    }

    private <T> T get(String key, OptionType<T> type, T byDefault) {
        Object plain = value(key);
        T value = plain == null ? byDefault : type.read(plain, below(key));
        taken.put(key, type.plain(value));
        return value;
    }

    /** Returns a number, or the default where the key is absent. */
    public double real(String key, double byDefault) {
        return get(key, ANY_REAL, byDefault);
    }

    /** Returns an integer, or the default where the key is absent. */
    public int integer(String key, int byDefault) {
        return get(key, ANY_INTEGER, byDefault);
    }

    /** Returns a list of numbers, or the default where the key is absent. */
    public List<Double> reals(String key, List<Double> byDefault) {
        return get(key, OptionType.list(ANY_REAL, 0), byDefault);
    }

    /** Returns a list of integers, or the default where the key is absent. */
    public List<Integer> integers(String key, List<Integer> byDefault) {
        return get(key, OptionType.list(ANY_INTEGER, 0), byDefault);
    }

    /** Returns a list of texts, or the default where the key is absent. */
    public List<String> texts(String key, List<String> byDefault) {
        return get(key, OptionType.list(ANY_TEXT, 0), byDefault);
    }

    /** Returns a text, or the default where the key is absent. */
    public String text(String key, String byDefault) {
        return get(key, ANY_TEXT, byDefault);
    }

    /** Returns one of several named things, or the default where the key is absent. */
    public <T> T choice(String key, Map<String, T> allowed, T byDefault) {
        return get(key, OptionType.word(allowed), byDefault);
    }

    /**
     * Returns the section under a key. A text is a section's only key: {@code none} stands for {@code {none: {}}}.
     *
     * @param byDefault the only key of the section that stands in where the key is absent
     */
    public Options section(String key, String byDefault) {
        Object value = value(key);
        Options section = section(value == null ? byDefault : value, below(key));
        taken.put(key, section);
        return section;
    }

    /** Returns the section under the only key of this one, which must be among the allowed. */
    public <T> T only(Map<String, Function<Options, T>> allowed) {
        if (values.size() != 1) {
            throw new OptionException(
                    path,
                    "It has the keys %s but must have one of %s"
                            .formatted(String.join(", ", values.keySet()), String.join(", ", allowed.keySet())));
        }
        return named(values.keySet().iterator().next(), allowed);
    }

    /** Makes what stands under a key that is present, which must be among the allowed. */
    public <T> T named(String key, Map<String, Function<Options, T>> allowed) {
        Function<Options, T> maker = allowed.get(key);
        if (maker == null) {
            throw unknown(key, allowed.keySet());
        }
        Object value = value(key);
        Options inner = value == null
                ? new Options(below(key), new LinkedHashMap<>(), new LinkedHashMap<>())
                : section(value, below(key));
        taken.put(key, inner);
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
                throw unknown(key, asked);
            }
        }
        return made;
    }

    private OptionException unknown(String key, Set<String> known) {
        String here = path.isEmpty() ? "a strategy" : String.join(".", path);
        String keys = known.isEmpty() ? "there are none" : "its keys are " + String.join(", ", known);
        return new OptionException(
                below(key), "It is no key of %s; %s%s".formatted(here, keys, Suggestion.maybe(key, known)));
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return values.get(key);
    }

    private List<String> below(String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private static Options section(Object value, List<String> path) {
        Map<String, @Nullable Object> section = new LinkedHashMap<>();
        if (value instanceof String name) {
            section.put(name, null);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> section.put(String.valueOf(key), inner));
        } else {
            throw new OptionException(
                    path, "It is %s but must be a name or a section".formatted(OptionType.shown(value)));
        }
        return new Options(path, section, new LinkedHashMap<>());
    }
}
