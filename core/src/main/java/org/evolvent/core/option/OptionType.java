package org.evolvent.core.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.internal.words.Suggestion;

/**
 * The values that an option may have: how they are read, what is allowed in words, and the same as a JSON Schema. Immutable.
 *
 * @param <T> the type of the values
 */
public abstract class OptionType<T> {
    private static final int LONGEST_SHOWN = 100;

    OptionType() {}

    /** Returns the numbers from one to another, both allowed. */
    public static OptionType<Double> real(double least, double most) {
        return new RealType(least, false, most, false);
    }

    /** Returns the numbers above one and up to another, which is allowed. */
    public static OptionType<Double> realAbove(double bound, double most) {
        return new RealType(bound, true, most, false);
    }

    /** Returns the numbers between two, neither of which is allowed. */
    public static OptionType<Double> realBetween(double low, double high) {
        return new RealType(low, true, high, true);
    }

    /** Returns the numbers above one, up to infinity, which is not allowed. */
    public static OptionType<Double> realAbove(double bound) {
        return new RealType(bound, true, Double.POSITIVE_INFINITY, true);
    }

    /** Returns the numbers from one, up to infinity, which is not allowed. */
    public static OptionType<Double> realFrom(double least) {
        return new RealType(least, false, Double.POSITIVE_INFINITY, true);
    }

    /** Returns the integers from one on. */
    public static OptionType<Integer> integer(int least) {
        return new IntegerType(least);
    }

    /** Returns the factors that change something: above 0, finite and not 1. */
    public static OptionType<Double> factor() {
        return new FactorType();
    }

    /** Returns lists of integers from one on, each above the one before, of at least so many. */
    public static OptionType<List<Integer>> ascending(int least, int size) {
        return new ListType.Ascending(least, size);
    }

    /** Returns ranges of factors: none, or two of at least 1, the second above the first. */
    public static OptionType<List<Double>> factorRange() {
        return new ListType.FactorRange();
    }

    /** Returns any text. */
    public static OptionType<String> text() {
        return new TextType();
    }

    /** Returns one of several words, each of which stands for something. */
    public static <T> OptionType<T> word(Map<String, T> words) {
        return new WordType<>(words);
    }

    /** Returns yes or no. */
    public static OptionType<Boolean> flag() {
        return new FlagType();
    }

    /** Returns lists of values of a type, of at least so many. */
    public static <T> OptionType<List<T>> list(OptionType<T> element, int least) {
        return new ListType<>(element, least);
    }

    /**
     * Reads a value.
     *
     * @param plain a number, text, truth value, list or map, as a YAML parser returns them
     * @param path where it stands
     * @throws OptionException when it is not allowed
     */
    abstract T read(Object plain, List<String> path);

    /** Returns a value as {@link #read} takes it. */
    abstract Object plain(T value);

    /** Returns whether a value is allowed that has the right Java type. */
    public abstract boolean allows(T value);

    /** Returns what is allowed, so that "but must be" may stand before it. */
    public abstract String allowed();

    /** Returns a JSON Schema of what is allowed, as maps, lists, numbers and texts. */
    public abstract Map<String, Object> schema();

    final OptionException wrong(Object plain, List<String> path) {
        return new OptionException(path, "It is %s but must be %s".formatted(shown(plain), allowed()));
    }

    /** Returns a value for a message: a text in quotes, and nothing at length. */
    static String shown(Object plain) {
        String text = String.valueOf(plain);
        String brief = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
        return plain instanceof String ? "'" + brief + "'" : brief;
    }

    private static class RealType extends OptionType<Double> {
        private final double low;
        private final boolean aboveLow;
        private final double high;
        private final boolean belowHigh;

        RealType(double low, boolean aboveLow, double high, boolean belowHigh) {
            this.low = low;
            this.aboveLow = aboveLow;
            this.high = high;
            this.belowHigh = belowHigh;
        }

        @Override
        Double read(Object plain, List<String> path) {
            if (plain instanceof Number number && allows(number.doubleValue())) {
                return number.doubleValue();
            }
            throw wrong(plain, path);
        }

        @Override
        Object plain(Double value) {
            return value;
        }

        @Override
        public boolean allows(Double value) {
            return (aboveLow ? value > low : value >= low) && (belowHigh ? value < high : value <= high);
        }

        @Override
        public String allowed() {
            if (low == Double.NEGATIVE_INFINITY) {
                return "a number";
            }
            String from = (aboveLow ? "above " : "of at least ") + shown(low);
            if (high == Double.POSITIVE_INFINITY) {
                return "a finite number " + from;
            }
            return aboveLow || belowHigh
                    ? "a number %s and %s".formatted(from, (belowHigh ? "below " : "at most ") + shown(high))
                    : "a number from %s to %s".formatted(shown(low), shown(high));
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "number");
            if (low > Double.NEGATIVE_INFINITY) {
                schema.put(aboveLow ? "exclusiveMinimum" : "minimum", number(low));
            }
            if (high < Double.POSITIVE_INFINITY) {
                schema.put(belowHigh ? "exclusiveMaximum" : "maximum", number(high));
            }
            return schema;
        }

        private static String shown(double bound) {
            return number(bound).toString();
        }

        private static Number number(double bound) {
            if (bound == StrictMath.rint(bound)) {
                return (long) bound;
            }
            return bound;
        }
    }

    private static final class FactorType extends RealType {
        FactorType() {
            super(0, true, Double.POSITIVE_INFINITY, true);
        }

        @Override
        public boolean allows(Double value) {
            return super.allows(value) && value != 1;
        }

        @Override
        public String allowed() {
            return super.allowed() + ", not 1";
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = super.schema();
            schema.put("not", Map.of("const", 1));
            return schema;
        }
    }

    static final class IntegerType extends OptionType<Integer> {
        private final int least;

        IntegerType(int least) {
            this.least = least;
        }

        @Override
        Integer read(Object plain, List<String> path) {
            if (plain instanceof Number number
                    && number.doubleValue() == number.intValue()
                    && allows(number.intValue())) {
                return number.intValue();
            }
            throw wrong(plain, path);
        }

        @Override
        Object plain(Integer value) {
            return value;
        }

        @Override
        public boolean allows(Integer value) {
            return value >= least;
        }

        @Override
        public String allowed() {
            return least == Integer.MIN_VALUE ? "a whole number" : "a whole number of at least " + least;
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "integer");
            if (least > Integer.MIN_VALUE) {
                schema.put("minimum", least);
            }
            return schema;
        }
    }

    private static final class TextType extends OptionType<String> {
        @Override
        String read(Object plain, List<String> path) {
            if (plain instanceof String text) {
                return text;
            }
            throw wrong(plain, path);
        }

        @Override
        Object plain(String value) {
            return value;
        }

        @Override
        public boolean allows(String value) {
            return true;
        }

        @Override
        public String allowed() {
            return "a text";
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "string");
        }
    }

    private static final class FlagType extends OptionType<Boolean> {
        @Override
        Boolean read(Object plain, List<String> path) {
            if (plain instanceof Boolean flag) {
                return flag;
            }
            throw wrong(plain, path);
        }

        @Override
        Object plain(Boolean value) {
            return value;
        }

        @Override
        public boolean allows(Boolean value) {
            return true;
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "boolean");
        }
    }

    private static final class WordType<T> extends OptionType<T> {
        private final Map<String, T> words;

        WordType(Map<String, T> words) {
            this.words = new LinkedHashMap<>(words);
        }

        @Override
        T read(Object plain, List<String> path) {
            // YAML reads the words true and false as truth values.
            T meant = plain instanceof String || plain instanceof Boolean ? words.get(plain.toString()) : null;
            if (meant == null) {
                throw new OptionException(
                        path,
                        "It is %s but must be %s%s"
                                .formatted(
                                        shown(plain), allowed(), Suggestion.maybe(plain.toString(), words.keySet())));
            }
            return meant;
        }

        @Override
        Object plain(T value) {
            return words.entrySet().stream()
                    .filter(word -> word.getValue().equals(value))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseGet(() -> String.valueOf(value));
        }

        @Override
        public boolean allows(T value) {
            return words.containsValue(value);
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", words.keySet());
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("enum", List.copyOf(words.keySet()));
        }
    }
}
