package org.evolvent.study.internal.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.evolvent.core.internal.words.Suggestion;
import org.evolvent.study.internal.text.Durations;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.SourceLocation;

/**
 * Takes the fields of one mapping, checking types and ranges. What is wrong is noted and gives an empty result, so that one reading
 * finds all problems; {@link #finish} complains about fields that nobody asked for. Belongs to one thread.
 */
final class Fields {
    private static final double LEAST_SECONDS = 0.001;
    private static final double MOST_SECONDS = 365 * 86_400;

    /** As long as a path may be. */
    private static final int LONGEST_TEXT = 4096;

    private static final Pattern NUMBER_IN_GROUPS = Pattern.compile("[-+]?\\d+(_\\d+)+(\\.[\\d_]*)?([eE][-+]?\\d+)?");

    private final Tree.Mapping mapping;
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Tree.Mapping mapping, List<Problem> problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /** Returns the fields of a value that must be a mapping. */
    static Optional<Fields> of(Tree tree, String example, List<Problem> problems) {
        if (tree instanceof Tree.Mapping mapping) {
            return Optional.of(new Fields(mapping, problems));
        }
        problems.add(wrong(tree, "a mapping such as " + example));
        return Optional.empty();
    }

    /** Returns a problem with a value: "key is value but must be rule". */
    static Problem wrong(Tree tree, String rule) {
        String name = tree.path().isEmpty() ? "the file" : tree.path();
        return new Problem(tree.place(), "%s is %s but must be %s".formatted(name, tree.shown(), rule));
    }

    SourceLocation place() {
        return mapping.place();
    }

    String path() {
        return mapping.path();
    }

    List<Problem> problems() {
        return problems;
    }

    Tree tree() {
        return mapping;
    }

    /** Returns the keys, in the order of the file. */
    List<String> keys() {
        return List.copyOf(mapping.fields().keySet());
    }

    boolean has(String key) {
        return mapping.fields().containsKey(key);
    }

    /** Returns a field. */
    Optional<Tree> take(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.fields().get(key));
    }

    /** Returns a field that must be there. */
    Optional<Tree> require(String key, String example) {
        Optional<Tree> field = take(key);
        if (field.isEmpty()) {
            String name = Tree.join(mapping.path(), key);
            problems.add(new Problem(
                    mapping.place(), "%s is missing but must be there, such as %s: %s".formatted(name, key, example)));
        }
        return field;
    }

    /** Returns a mapping's fields; empty when it is not there. */
    Optional<Fields> fields(String key, String example) {
        return take(key).flatMap(tree -> of(tree, example, problems));
    }

    /** Returns the fields of a mapping that must be there. */
    Optional<Fields> requireFields(String key, String example) {
        return require(key, example).flatMap(tree -> of(tree, example, problems));
    }

    Optional<String> text(Tree tree) {
        if (tree instanceof Tree.Scalar scalar
                && scalar.value() instanceof String text
                && !text.isBlank()
                && text.length() <= LONGEST_TEXT) {
            return Optional.of(text);
        }
        problems.add(wrong(tree, "a text of at most %s characters".formatted(LONGEST_TEXT)));
        return Optional.empty();
    }

    Optional<Long> whole(Tree tree, long atLeast, long atMost) {
        if (tree instanceof Tree.Scalar scalar) {
            Object value = scalar.value();
            if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 0x1p63) {
                value = real.longValue();
            }
            if (value instanceof Long whole && whole >= atLeast && whole <= atMost) {
                return Optional.of(whole);
            }
        }
        String end = atMost == Long.MAX_VALUE ? "" : " and at most " + atMost;
        String rule =
                atLeast == Long.MIN_VALUE ? "a whole number of 64 bits" : "a whole number of at least " + atLeast + end;
        problems.add(wrong(tree, rule + withoutUnderscores(tree)));
        return Optional.empty();
    }

    /** Returns a guess where a number is written as in Python or Java, which YAML takes for a text. */
    private static String withoutUnderscores(Tree tree) {
        return tree instanceof Tree.Scalar scalar
                        && NUMBER_IN_GROUPS.matcher(scalar.text()).matches()
                ? ".\nMaybe %s, without '_'?".formatted(scalar.text().replace("_", ""))
                : "";
    }

    /** Complains about a text that is meant as a number, and so is no value that a program would understand. */
    void requireNoGroups(Tree tree) {
        String guess = withoutUnderscores(tree);
        if (!guess.isEmpty() && tree instanceof Tree.Scalar scalar && !scalar.isQuoted()) {
            problems.add(wrong(tree, "a number without '_', or a text in quotes" + guess));
        }
    }

    Optional<Double> number(Tree tree) {
        if (tree instanceof Tree.Scalar scalar
                && scalar.value() instanceof Number number
                && Double.isFinite(number.doubleValue())) {
            return Optional.of(number.doubleValue());
        }
        problems.add(wrong(tree, "a finite number" + withoutUnderscores(tree)));
        return Optional.empty();
    }

    /** Returns a time that is written as a number of seconds. */
    Optional<Duration> seconds(Tree tree) {
        if (tree instanceof Tree.Scalar scalar
                && scalar.value() instanceof Number number
                && number.doubleValue() >= LEAST_SECONDS
                && number.doubleValue() <= MOST_SECONDS) {
            return Optional.of(Duration.ofNanos(Math.round(number.doubleValue() * 1e9)));
        }
        problems.add(wrong(tree, "a number of seconds from 0.001 to 31,536,000, a year"));
        return Optional.empty();
    }

    Optional<Boolean> flag(Tree tree) {
        if (tree instanceof Tree.Scalar scalar && scalar.value() instanceof Boolean flag) {
            return Optional.of(flag);
        }
        problems.add(wrong(tree, "true or false"));
        return Optional.empty();
    }

    /** Returns a duration above 0. */
    Optional<Duration> duration(Tree tree) {
        Optional<Duration> duration =
                tree instanceof Tree.Scalar scalar ? Durations.parse(scalar.text()) : Optional.empty();
        if (duration.isEmpty() || duration.get().isNegative() || duration.get().isZero()) {
            problems.add(wrong(tree, "a duration above 0 such as 90s, 15m, 2h, 1h30m or PT90S"));
            return Optional.empty();
        }
        return duration;
    }

    /** Returns a list of scalars as they are written. */
    Optional<List<String>> words(Tree tree, String example) {
        List<String> words = new ArrayList<>();
        Optional<List<Tree>> items = items(tree, example);
        for (Tree item : items.orElse(List.of())) {
            if (item instanceof Tree.Scalar scalar && !(scalar.value() instanceof Tree.Empty)) {
                words.add(scalar.text());
            } else {
                problems.add(wrong(item, "a text"));
                return Optional.empty();
            }
        }
        return items.map(found -> words);
    }

    /** Returns the meaning of a word. */
    <T> Optional<T> word(Tree tree, Map<String, T> meanings) {
        String word = tree instanceof Tree.Scalar scalar ? scalar.text() : "";
        Optional<T> meaning = Optional.ofNullable(meanings.get(word));
        if (meaning.isEmpty()) {
            problems.add(wrong(
                    tree,
                    "one of " + String.join(", ", new TreeSet<>(meanings.keySet()))
                            + Suggestion.maybe(word, meanings.keySet())));
        }
        return meaning;
    }

    /** Returns the items of a list; a problem and nothing when it is none. */
    Optional<List<Tree>> items(Tree tree, String example) {
        if (tree instanceof Tree.Listing listing) {
            return Optional.of(listing.items());
        }
        problems.add(wrong(tree, "a list such as " + example));
        return Optional.empty();
    }

    /** Returns what is made from a value by a type of the core, whose rule a bad value breaks. */
    <T> Optional<T> checked(Tree tree, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(tree.place(), "%s: %s".formatted(tree.path(), e.getMessage())));
            return Optional.empty();
        }
    }

    /** Complains about every field that was not taken. */
    void finish() {
        for (Map.Entry<String, Tree> field : mapping.fields().entrySet()) {
            if (!known.contains(field.getKey())) {
                String where = mapping.path().isEmpty() ? "a study" : mapping.path();
                problems.add(new Problem(
                        field.getValue().place(),
                        "%s is no key of %s; its keys are %s%s"
                                .formatted(
                                        Tree.join(mapping.path(), field.getKey()),
                                        where,
                                        String.join(", ", known),
                                        Suggestion.maybe(field.getKey(), List.copyOf(known)))));
            }
        }
    }
}
