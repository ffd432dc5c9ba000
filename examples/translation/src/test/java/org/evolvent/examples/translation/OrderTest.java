package org.evolvent.examples.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final int[] LENGTHS =
            IntStream.range(0, 64 * 40 + 5).map(i -> i * 7919 % 60).toArray();

    @Test
    void anEpochHasEachSentenceOnceButForARest() {
        List<Integer> seen = new ArrayList<>();
        for (List<Integer> batch : batches(new Order(LENGTHS, 1), 40)) {
            assertThat(batch).hasSize(Order.BATCH);
            seen.addAll(batch);
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(64 * 40);
    }

    @Test
    void sentencesOfABatchAreAboutAsLong() {
        for (List<Integer> batch : batches(new Order(LENGTHS, 1), 40)) {
            List<Integer> lengths = batch.stream().map(place -> LENGTHS[place]).toList();
            int spread = lengths.stream().max(Integer::compare).orElseThrow()
                    - lengths.stream().min(Integer::compare).orElseThrow();
            assertThat(spread).isLessThan(15);
        }
    }

    @Test
    void epochsAndSeedsDiffer() {
        Order order = new Order(LENGTHS, 1);
        List<List<Integer>> first = batches(order, 40);
        assertThat(batches(order, 40)).isNotEqualTo(first);
        assertThat(batches(new Order(LENGTHS, 1), 40)).isEqualTo(first);
        order.reseed(2);
        assertThat(batches(order, 40))
                .isEqualTo(batches(new Order(LENGTHS, 2), 40))
                .isNotEqualTo(first);
    }

    @Test
    void goesOnInTheMiddleOfAnEpoch() throws IOException {
        Order order = new Order(LENGTHS, 1);
        batches(order, 55);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        order.write(new DataOutputStream(bytes));
        Order other = new Order(LENGTHS, 2);
        other.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(batches(other, 50)).isEqualTo(batches(order, 50));
    }

    private static List<List<Integer>> batches(Order order, int count) {
        List<List<Integer>> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(List.copyOf(order.nextBatch()));
        }
        return batches;
    }
}
