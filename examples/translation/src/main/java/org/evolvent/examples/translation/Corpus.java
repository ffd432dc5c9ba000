package org.evolvent.examples.translation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.examples.translation.Multi30k.Pairs;

/**
 * What trainers share: the subwords, what is trained on in subwords, and what is validated by. All of it depends on the data only.
 *
 * @param subwords of both languages, learnt from the training part
 * @param sources English sentences, each with {@link Subwords#END}
 * @param targets the German ones, each with {@link Subwords#BEGIN} and {@link Subwords#END}
 * @param validation what BLEU is measured on
 */
record Corpus(Subwords subwords, List<int[]> sources, List<int[]> targets, Pairs validation) {
    private static final int PIECES = 4000;

    /** Learns subwords of both languages, and takes the training part apart by them. */
    static Corpus of(Multi30k data) throws IOException {
        Pairs training = data.pairs("train");
        List<String> both = new ArrayList<>(training.english());
        both.addAll(training.german());
        return of(Subwords.learn(both, PIECES), training, data.pairs("val"));
    }

    static Corpus of(Subwords subwords, Pairs training, Pairs validation) {
        return new Corpus(
                subwords,
                training.english().stream()
                        .map(sentence -> source(subwords, sentence))
                        .toList(),
                training.german().stream()
                        .map(sentence -> target(subwords, sentence))
                        .toList(),
                validation);
    }

    /** Returns a sentence as the encoder reads it. What is longer than {@link Transformer#LONGEST} is cut. */
    static int[] source(Subwords subwords, String english) {
        int[] pieces = subwords.encode(english);
        int length = Math.min(pieces.length, Transformer.LONGEST - 1);
        int[] result = new int[length + 1];
        System.arraycopy(pieces, 0, result, 0, length);
        result[length] = Subwords.END;
        return result;
    }

    private static int[] target(Subwords subwords, String german) {
        int[] ended = source(subwords, german);
        int[] result = new int[ended.length + 1];
        result[0] = Subwords.BEGIN;
        System.arraycopy(ended, 0, result, 1, ended.length);
        return result;
    }

    /** Returns how long the pairs are, for batches of pairs that are about as long. */
    int[] lengths() {
        int[] lengths = new int[sources.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = sources.get(i).length + targets.get(i).length;
        }
        return lengths;
    }
}
