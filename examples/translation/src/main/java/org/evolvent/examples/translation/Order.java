package org.evolvent.examples.translation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.evolvent.core.random.RandomStream;
import org.evolvent.examples.torch.Stateful;

/**
 * The order in which a trainer sees its sentences: in each epoch another one, in batches of sentences that are about as long, so that little
 * is padding. What is too little for a batch at the end of an epoch is left out. Not thread-safe.
 */
final class Order implements Stateful {
    /** Sentences of a batch. */
    static final int BATCH = 64;

    /** Batches that are sorted by length together: the more, the less padding, and the more alike the batches of two epochs. */
    private static final int POOL = 32;

    private final int[] lengths;
    private long seed;
    private long epoch;
    private int next;
    private List<List<Integer>> batches;

    /**
     * Begins the first epoch.
     *
     * @param lengths of the sentences, at least {@link #BATCH}
     */
    Order(int[] lengths, long seed) {
        if (lengths.length < BATCH) {
            throw new IllegalArgumentException(
                    "There are %d sentences but must be at least %d".formatted(lengths.length, BATCH));
        }
        this.lengths = lengths;
        this.seed = seed;
        batches = shuffled();
    }

    /** Returns the next sentences, by their places. */
    List<Integer> nextBatch() {
        if (next == batches.size()) {
            epoch++;
            next = 0;
            batches = shuffled();
        }
        return batches.get(next++);
    }

    /** Begins anew. */
    void reseed(long seed) {
        this.seed = seed;
        epoch = 0;
        next = 0;
        batches = shuffled();
    }

    private List<List<Integer>> shuffled() {
        RandomStream random = new RandomStream(seed ^ epoch << 32);
        List<Integer> all = new ArrayList<>(lengths.length);
        for (int i = 0; i < lengths.length; i++) {
            all.add(i);
        }
        shuffle(all, random);
        List<List<Integer>> result = new ArrayList<>();
        for (int from = 0; from < all.size(); from += POOL * BATCH) {
            List<Integer> pool = all.subList(from, Math.min(all.size(), from + POOL * BATCH));
            pool.sort(Comparator.comparingInt(place -> lengths[place]));
            for (int i = 0; i + BATCH <= pool.size(); i += BATCH) {
                result.add(pool.subList(i, i + BATCH));
            }
        }
        shuffle(result, random);
        return result;
    }

    private static <T> void shuffle(List<T> list, RandomStream random) {
        for (int i = list.size(); i > 1; i--) {
            Collections.swap(list, i - 1, random.index(i));
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(seed);
        out.writeLong(epoch);
        out.writeInt(next);
    }

    @Override
    public void read(DataInput in) throws IOException {
        seed = in.readLong();
        epoch = in.readLong();
        next = in.readInt();
        batches = shuffled();
    }
}
