package org.evolvent.examples.translation;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Sentences side by side, the shorter ones filled up with {@link Subwords#PADDING}.
 *
 * @param ids the pieces: sentences x length
 * @param lengths of the sentences
 */
record Batch(Tensor ids, List<Integer> lengths) {
    /** Puts sentences side by side, at least one. */
    static Batch of(List<int[]> sentences) {
        List<Integer> lengths =
                sentences.stream().map(sentence -> sentence.length).toList();
        int length = Collections.max(lengths);
        long[] ids = new long[lengths.size() * length];
        for (int i = 0; i < sentences.size(); i++) {
            int[] pieces = sentences.get(i);
            for (int j = 0; j < pieces.length; j++) {
                ids[i * length + j] = pieces[j];
            }
        }
        return new Batch(Tensor.create(ids, lengths.size(), length), lengths);
    }

    /** Returns the places that are no padding, counted through all rows. */
    Tensor places() {
        long length = ids.size(1);
        return Tensor.create(IntStream.range(0, lengths.size())
                .mapToObj(row -> LongStream.range(row * length, row * length + lengths.get(row)))
                .flatMapToLong(places -> places)
                .toArray());
    }

    /** Returns what to add to the logarithms of an attention so that padding gets none: sentences x 1 x 1 x length. */
    Tensor mask() {
        int length = (int) ids.size(1);
        float[] mask = new float[lengths.size() * length];
        for (int i = 0; i < lengths.size(); i++) {
            for (int j = lengths.get(i); j < length; j++) {
                mask[i * length + j] = Float.NEGATIVE_INFINITY;
            }
        }
        return Tensor.create(mask, lengths.size(), 1, 1, length);
    }
}
