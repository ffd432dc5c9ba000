package org.evolvent.examples.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of words, learnt by byte pair encoding (Sennrich et al. 2016) of characters: frequent words are one piece, rare ones some. A word
 * takes the space before it along, so that pieces in a row are the text. Thread-safe.
 */
final class Subwords {
    /** What fills up rows of a batch. */
    static final int PADDING = 0;

    /** What comes before the first piece of a translation. */
    static final int BEGIN = 1;

    /** What comes after the last piece. */
    static final int END = 2;

    /** A character that was not in the text from which the pieces were learnt. */
    static final int UNKNOWN = 3;

    private static final List<String> SPECIAL = List.of("", "", "", "\ufffd");
    private static final Pattern WORD =
            Pattern.compile(" ?[\\p{L}\\p{N}]+| ?[^\\s\\p{L}\\p{N}]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern GAP = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private final List<String> pieces;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Pair, Merge> merges;
    private final Map<String, int[]> words = new ConcurrentHashMap<>();

    /** Two pieces side by side; those with lower numbers come first. */
    record Pair(int first, int second) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return first != other.first ? Integer.compare(first, other.first) : Integer.compare(second, other.second);
        }
    }

    /**
     * What a pair becomes.
     *
     * @param pair what is merged
     * @param rank how early it was learnt, from 0
     * @param piece the number of both as one
     */
    record Merge(Pair pair, int rank, int piece) {}

    private Subwords(List<String> pieces, Map<Pair, Merge> merges) {
        this.pieces = List.copyOf(pieces);
        this.merges = merges;
        for (int i = SPECIAL.size(); i < pieces.size(); i++) {
            ids.put(pieces.get(i), i);
        }
    }

    /**
     * Learns pieces: all characters, then again and again the most frequent pair of pieces inside of words.
     *
     * @param lines a sentence each
     * @param size how many pieces there are to be, with the four special ones; fewer only if all words have become one piece
     */
    static Subwords learn(List<String> lines, int size) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String line : lines) {
            split(line).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        TreeSet<Integer> characters = new TreeSet<>();
        counts.keySet().forEach(word -> word.codePoints().forEach(characters::add));
        List<String> pieces = new ArrayList<>(SPECIAL);
        characters.forEach(character -> pieces.add(Character.toString(character)));
        Map<Pair, Merge> merges = new PairCounts(counts, pieces).merges(size);
        return new Subwords(pieces, merges);
    }

    private static List<String> split(String line) {
        Matcher matcher = WORD.matcher(" " + GAP.matcher(line.strip()).replaceAll(" "));
        return matcher.results().map(found -> found.group()).toList();
    }

    /** Returns the number of pieces. */
    int size() {
        return pieces.size();
    }

    /** Returns the text of a piece. */
    String piece(int id) {
        return pieces.get(id);
    }

    /** Returns the pieces of a line, without begin and end. */
    int[] encode(String line) {
        return split(line).stream()
                .map(word -> words.computeIfAbsent(word, this::encodeWord))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    /** Applies what was learnt in the order in which it was learnt. */
    private int[] encodeWord(String word) {
        int[] symbols = word.codePoints()
                .map(character -> ids.getOrDefault(Character.toString(character), UNKNOWN))
                .toArray();
        Merge next = earliest(symbols);
        while (next != null) {
            symbols = merged(symbols, next.pair, next.piece);
            next = earliest(symbols);
        }
        return symbols;
    }

    private @Nullable Merge earliest(int[] symbols) {
        Merge best = null;
        for (int i = 0; i + 1 < symbols.length; i++) {
            Merge merge = merges.get(new Pair(symbols[i], symbols[i + 1]));
            if (merge != null && (best == null || merge.rank < best.rank)) {
                best = merge;
            }
        }
        return best;
    }

    /** Returns symbols in which a pair has become one, wherever it is, from left to right. */
    static int[] merged(int[] symbols, Pair pair, int piece) {
        int[] result = new int[symbols.length];
        int length = 0;
        for (int i = 0; i < symbols.length; i++) {
            if (i + 1 < symbols.length && symbols[i] == pair.first && symbols[i + 1] == pair.second) {
                result[length] = piece;
                i++;
            } else {
                result[length] = symbols[i];
            }
            length++;
        }
        return Arrays.copyOf(result, length);
    }

    /** Returns the text of pieces. */
    String decode(List<Integer> ids) {
        StringBuilder text = new StringBuilder();
        ids.forEach(id -> text.append(pieces.get(id)));
        return text.toString().strip();
    }
}
