package org.evolvent.study.internal.file;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.SourceLocation;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema) into a {@link Tree}. Keys that are there twice are problems; so is everything that is not YAML, and what
 * is longer, deeper or larger than anything that people write: whoever wrote it, it is read or refused in a moment and in little memory.
 */
final class YamlReader {
    /** More characters than any study has, and than a schedule of 10,000 intervals. */
    static final int MOST_CHARACTERS = 3_000_000;

    /** More values than any study has; aliases that multiply end here. */
    private static final int MOST_VALUES = 100_000;

    /** Deeper than any strategy is composed; an alias that contains itself ends here. */
    private static final int DEEPEST = 50;

    /** Longer than any number that means something: the time to read one grows with the square of its digits. */
    private static final int MOST_DIGITS = 400;

    /** Of the keys that lead to a value, which every value below them repeats. */
    static final int LONGEST_PATH = 500;

    private final String source;
    private final Optional<SourceLocation> fixedPlace;
    private final List<Problem> problems;
    private int values;
    private int depth;
    private long characters;

    private YamlReader(String source, Optional<SourceLocation> fixedPlace, List<Problem> problems) {
        this.source = source;
        this.fixedPlace = fixedPlace;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param source the name of the file for messages
     * @param problems are added to
     * @return empty when it cannot be read at all
     */
    static Optional<Tree> file(String source, String text, List<Problem> problems) {
        return new YamlReader(source, Optional.empty(), problems).read(text, "");
    }

    /** Reads the value of an option on the command line. */
    static Optional<Tree> option(SourceLocation place, String path, String text, List<Problem> problems) {
        return new YamlReader(place.source(), Optional.of(place), problems).read(text, path);
    }

    private Optional<Tree> read(String text, String path) {
        SourceLocation start = fixedPlace.orElse(new SourceLocation(source, 1));
        if (text.length() > MOST_CHARACTERS) {
            problems.add(new Problem(
                    start,
                    "this is too much: there are %s characters, but %s at most are allowed"
                            .formatted(text.length(), MOST_CHARACTERS)));
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MOST_VALUES) // What they stand for is counted here.
                .build();
        try {
            Optional<Node> root = composed(settings, text);
            return Optional.of(
                    root.isPresent()
                            ? tree(root.get(), path)
                            : new Tree.Scalar(start, path, Tree.Empty.EMPTY, "", false));
        } catch (MarkedYamlEngineException e) {
            SourceLocation place = fixedPlace.orElse(e.getProblemMark()
                    .map(mark -> new SourceLocation(source, mark.getLine() + 1))
                    .orElse(start));
            String column = e.getProblemMark()
                    .map(mark -> ", column " + (mark.getColumn() + 1))
                    .orElse("");
            String context = e.getContext() == null || e.getContext().isEmpty() ? "" : e.getContext() + begun(e) + ", ";
            String what = e instanceof LimitException ? "this is too much" : "this is not YAML";
            problems.add(new Problem(place, "%s%s: %s%s".formatted(what, column, context, e.getProblem())));
        } catch (YamlEngineException e) {
            problems.add(new Problem(start, "this is not YAML: %s".formatted(e.getMessage())));
        }
        return Optional.empty();
    }

    private static Optional<Node> composed(LoadSettings settings, String text) {
        try {
            return new Composer(settings, new ShallowParser(settings, text, DEEPEST)).getSingleNode();
        } catch (IllegalArgumentException e) {
            throw new YamlEngineException(e.getMessage()); // The library's word for a tag such as !%20.
        }
    }

    private static String begun(MarkedYamlEngineException e) {
        return e.getContextMark()
                .map(mark -> ", which begins in line " + (mark.getLine() + 1))
                .orElse("");
    }

    private Tree tree(Node node, String path) {
        require(++values, MOST_VALUES, "values, those behind aliases counted each time", node);
        require(++depth, DEEPEST, "collections in each other; maybe an alias contains itself", node);
        require(path.length(), LONGEST_PATH, "characters of keys that lead to one value", node);
        try {
            return shallow(node, path);
        } finally {
            depth--;
        }
    }

    private static void require(long count, long most, String what, Node node) {
        if (count > most) {
            throw new LimitException("there are more than %s %s".formatted(most, what), node.getStartMark());
        }
    }

    private Tree shallow(Node node, String path) {
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, path);
        }
        if (node instanceof SequenceNode sequence) {
            List<Tree> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(tree(item, path + "[" + items.size() + "]"));
            }
            return new Tree.Listing(place(node), path, items);
        }
        ScalarNode scalar = (ScalarNode) node;
        int length = scalar.getValue().length();
        characters += length;
        require(characters, MOST_CHARACTERS, "characters of text, those behind aliases counted each time", node);
        if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
            require(length, MOST_DIGITS, "digits in a number", node);
        }
        return new Tree.Scalar(place(node), path, value(scalar), scalar.getValue(), !scalar.isPlain());
    }

    private Tree mapping(MappingNode node, String path) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        Map<String, SourceLocation> places = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            SourceLocation at = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(new Problem(
                        at,
                        "%s has a key that is a collection but must be a word"
                                .formatted(path.isEmpty() ? "the file" : path)));
                continue;
            }
            String key = keyNode.getValue();
            String below = Tree.join(path, key);
            SourceLocation first = places.putIfAbsent(key, at);
            if (first != null) {
                problems.add(new Problem(
                        at,
                        "%s is there twice (first in line %s) but a key may appear once"
                                .formatted(below, first.line())));
            }
            Tree value = tree(tuple.getValueNode(), below);
            // A value counts as written where its key is: that is the line that people look for.
            fields.put(key, value.at(at));
        }
        return new Tree.Mapping(place(node), path, fields);
    }

    private SourceLocation place(Node node) {
        return fixedPlace.orElseGet(() -> new SourceLocation(
                source, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1)));
    }

    private static Object value(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.NULL)) {
            return Tree.Empty.EMPTY;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
        }
        if (tag.equals(Tag.INT)) {
            return integer(text);
        }
        return tag.equals(Tag.FLOAT) ? (Object) real(text) : text;
    }

    private static Object integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : 10;
        BigInteger magnitude = new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
        BigInteger value = negative ? magnitude.negate() : magnitude;
        return value.bitLength() < Long.SIZE ? (Object) value.longValueExact() : (Object) value.doubleValue();
    }

    private static double real(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.equals(".nan") ? Double.NaN : Double.parseDouble(text);
    }
}
