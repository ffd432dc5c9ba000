package org.evolvent.examples.translation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a corpus (Papineni et al. 2002): how many of the sequences of one to four words of translations are in reference translations,
 * too. It is computed as sacreBLEU 2 does by default (Post 2018): {@link Tokenizer13a}, mixed case, exponential smoothing, one reference for
 * each sentence.
 */
public final class Bleu {
    private static final int LONGEST = 4;

    private final long[] matches = new long[LONGEST];
    private final long[] totals = new long[LONGEST];
    private long words;
    private long referenceWords;

    private Bleu() {}

    /**
     * Returns the BLEU of a corpus, in [0, 100].
     *
     * @param translations a sentence each, at least one
     * @param references what each should be, as many
     */
    public static double of(List<String> translations, List<String> references) {
        if (translations.isEmpty() || translations.size() != references.size()) {
            throw new IllegalArgumentException(
                    "There are %d translations and %d references but must be as many of both, and at least one"
                            .formatted(translations.size(), references.size()));
        }
        Bleu counts = new Bleu();
        for (int i = 0; i < translations.size(); i++) {
            counts.add(Tokenizer13a.tokens(translations.get(i)), Tokenizer13a.tokens(references.get(i)));
        }
        return counts.score();
    }

    private void add(List<String> translation, List<String> reference) {
        words += translation.size();
        referenceWords += reference.size();
        for (int length = 1; length <= LONGEST; length++) {
            Map<List<String>, Integer> wanted = sequences(reference, length);
            for (Map.Entry<List<String>, Integer> found :
                    sequences(translation, length).entrySet()) {
                totals[length - 1] += found.getValue();
                matches[length - 1] += Math.min(found.getValue(), wanted.getOrDefault(found.getKey(), 0));
            }
        }
    }

    private static Map<List<String>, Integer> sequences(List<String> words, int length) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + length <= words.size(); i++) {
            counts.merge(words.subList(i, i + length), 1, Integer::sum);
        }
        return counts;
    }

    private double score() {
        if (matches[0] == 0 || totals[LONGEST - 1] == 0) {
            return 0; // Without a word that matches nothing longer does. Without a long sequence the mean below has no
            // meaning.
        }
        double logarithms = 0;
        double doubt = 1;
        for (int i = 0; i < LONGEST; i++) {
            double matched = matches[i];
            if (matched == 0) {
                doubt *= 2; // The longer the sequences of which none matches, the less they count.
                matched = 1 / doubt;
            }
            logarithms += StrictMath.log(100 * matched / totals[i]);
        }
        double brevity = words < referenceWords ? StrictMath.exp(1 - (double) referenceWords / words) : 1;
        return brevity * StrictMath.exp(logarithms / LONGEST);
    }
}
