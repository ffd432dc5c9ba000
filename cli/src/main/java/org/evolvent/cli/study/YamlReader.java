package org.evolvent.cli.study;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 (core schema) into a {@link Tree}. Keys that are there twice are problems; so is everything that is not YAML. */
final class YamlReader {
    /** More values than any study has; aliases that multiply end here. */
    private static final int MOST_VALUES = 100_000;

    private final String source;
    private final Optional<Place> fixedPlace;
    private final List<Problem> problems;
    private int values;

    private YamlReader(String source, Optional<Place> fixedPlace, List<Problem> problems) {
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
    static Optional<Tree> option(Place place, String path, String text, List<Problem> problems) {
        return new YamlReader(place.source(), Optional.of(place), problems).read(text, path);
    }

    private Optional<Tree> read(String text, String path) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .build();
        Place start = fixedPlace.orElse(new Place(source, 1));
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return Optional.of(
                    root.isPresent() ? tree(root.get(), path) : new Tree.Scalar(start, path, Tree.Empty.EMPTY, ""));
        } catch (MarkedYamlEngineException e) {
            Place place = fixedPlace.orElse(e.getProblemMark()
                    .map(mark -> new Place(source, mark.getLine() + 1))
                    .orElse(start));
            String column = e.getProblemMark()
                    .map(mark -> ", column " + (mark.getColumn() + 1))
                    .orElse("");
            String context = e.getContext() == null || e.getContext().isEmpty() ? "" : e.getContext() + ", ";
            problems.add(new Problem(place, "this is not YAML%s: %s%s".formatted(column, context, e.getProblem())));
        } catch (YamlEngineException e) {
            problems.add(new Problem(start, "this is not YAML: %s".formatted(e.getMessage())));
        }
        return Optional.empty();
    }

    private Tree tree(Node node, String path) {
        if (++values > MOST_VALUES) {
            throw new YamlEngineException(
                    "there are more than %s values, or an alias contains itself".formatted(MOST_VALUES));
        }
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
        return new Tree.Scalar(place(node), path, value(scalar), scalar.getValue());
    }

    private Tree mapping(MappingNode node, String path) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place at = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(new Problem(
                        at,
                        "%s has a key that is a collection but must be a word"
                                .formatted(path.isEmpty() ? "the file" : path)));
                continue;
            }
            String key = keyNode.getValue();
            String below = Tree.join(path, key);
            Place first = places.putIfAbsent(key, at);
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

    private Place place(Node node) {
        return fixedPlace.orElseGet(() -> new Place(
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
