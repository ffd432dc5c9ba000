package org.evolvent.core.internal.words;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a misspelt word was meant to be. */
public final class Suggestion {
    private Suggestion() {}

    /** Returns the nearest of the words that are allowed, if it is near: at most a third of its letters (at least one, two from four on) differ. */
    public static Optional<String> of(String word, Collection<String> allowed) {
        return allowed.stream()
                .filter(candidate -> StrictMath.abs(word.length() - candidate.length()) <= most(candidate))
                .filter(candidate -> distance(normal(word), normal(candidate)) <= most(candidate))
                .min(Comparator.comparingInt(candidate -> distance(normal(word), normal(candidate))));
    }

    /** Returns a line to end a message with; empty when nothing is near. */
    public static String maybe(String word, Collection<String> allowed) {
        return of(word, allowed).map("\nMaybe you meant '%s'?"::formatted).orElse("");
    }

    private static int most(String candidate) {
        return StrictMath.max(candidate.length() < 4 ? 1 : 2, candidate.length() / 3);
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Returns the edit distance in which a swap of neighbours counts once (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] =
                        StrictMath.min(cost[i - 1][j - 1] + same, 1 + StrictMath.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = StrictMath.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
