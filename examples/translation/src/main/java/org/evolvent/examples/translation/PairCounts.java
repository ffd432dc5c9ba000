package org.evolvent.examples.translation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.evolvent.examples.translation.Subwords.Merge;
import org.evolvent.examples.translation.Subwords.Pair;

/** How often two pieces are side by side in the words of a text, while {@link Subwords} are learnt from it. Used once, by one thread. */
final class PairCounts {
    private final List<String> pieces;
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Integer> frequencies = new ArrayList<>();
    private final Map<Pair, Integer> counts = new HashMap<>();
    private final Map<Pair, Set<Integer>> places = new HashMap<>();
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();

    /** A pair and how frequent it was when it was queued: it may have become rarer. Among equals, those of older pieces come first. */
    private record Candidate(Pair pair, int count) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return count != other.count ? Integer.compare(other.count, count) : pair.compareTo(other.pair);
        }
    }

    /**
     * Counts.
     *
     * @param text the words and how frequent they are
     * @param pieces the characters; what is learnt is added
     */
    PairCounts(Map<String, Integer> text, List<String> pieces) {
        this.pieces = pieces;
        for (int i = 0; i < pieces.size(); i++) {
            ids.put(pieces.get(i), i);
        }
        text.forEach((word, frequency) -> {
            words.add(word.codePoints()
                    .map(character -> ids.getOrDefault(Character.toString(character), Subwords.UNKNOWN))
                    .toArray());
            frequencies.add(frequency);
        });
        for (int word = 0; word < words.size(); word++) {
            count(word, 1);
        }
        counts.forEach((pair, count) -> candidates.add(new Candidate(pair, count)));
    }

    /** Returns what is merged until there are so many pieces, in this order. */
    Map<Pair, Merge> merges(int size) {
        Map<Pair, Merge> merges = new LinkedHashMap<>();
        while (pieces.size() < size && !candidates.isEmpty()) {
            Candidate best = candidates.poll();
            int count = counts.getOrDefault(best.pair, 0);
            if (count == best.count && count > 0) {
                merges.put(best.pair, new Merge(best.pair, merges.size(), merge(best.pair)));
            }
        }
        return merges;
    }

    private int merge(Pair pair) {
        // Two pairs may become the same text, such as "a" "bc" and "ab" "c".
        int piece = ids.computeIfAbsent(pieces.get(pair.first()) + pieces.get(pair.second()), text -> {
            pieces.add(text);
            return pieces.size() - 1;
        });
        Set<Pair> changed = new LinkedHashSet<>();
        for (int word : List.copyOf(places.getOrDefault(pair, Set.of()))) {
            changed.addAll(count(word, -1));
            words.set(word, Subwords.merged(words.get(word), pair, piece));
            changed.addAll(count(word, 1));
        }
        for (Pair other : changed) {
            candidates.add(new Candidate(other, counts.getOrDefault(other, 0)));
        }
        return piece;
    }

    /** Adds the pairs of a word, or takes them away, and returns them. */
    private List<Pair> count(int word, int sign) {
        int[] symbols = words.get(word);
        List<Pair> pairs = new ArrayList<>(symbols.length);
        for (int i = 0; i + 1 < symbols.length; i++) {
            Pair pair = new Pair(symbols[i], symbols[i + 1]);
            counts.merge(pair, sign * frequencies.get(word), Integer::sum);
            Set<Integer> words = places.computeIfAbsent(pair, absent -> new LinkedHashSet<>());
            if (sign > 0) {
                words.add(word);
            } else {
                words.remove(word);
            }
            pairs.add(pair);
        }
        return pairs;
    }
}
