package org.evolvent.examples.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;
import org.evolvent.examples.translation.Transformer.Memory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TransformerTest {
    private static final double ROUNDING = 1e-4;
    private static final int[] SHORT = {7, 8, Subwords.END};
    private static final int[] LONG = {9, 10, 11, 12, 13, Subwords.END};

    @BeforeAll
    static void oneThread() {
        Torch.useOneThread();
    }

    /** Piece by piece with what it remembers, it thinks what it thinks of the whole at once; and no place knows later ones. */
    @Test
    void remembersWhatItWouldThinkAgain() {
        try (RandomSource random = new RandomSource(1);
                Transformer transformer = new Transformer(20, random);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Dropout none = Dropout.none(random);
            Batch source = Batch.of(List.of(SHORT, LONG));
            Tensor encoded = transformer.encode(source, none);
            Batch target = Batch.of(List.of(new int[] {1, 5, 6, 7}, new int[] {1, 9, 4, 14}));
            Tensor whole = transformer.decode(target, encoded, source.mask(), none);

            List<Memory> memories = transformer.remember(encoded);
            List<Memory> written = transformer.nothing(2, 4);
            for (int place = 0; place < 4; place++) {
                Tensor ids = target.ids().narrow(1, place, 1);
                Tensor one = transformer.decode(ids, place, written, memories, source.mask(), none);
                assertThat(difference(one, whole.narrow(1, place, 1))).isLessThan(ROUNDING);
            }
        }
    }

    @Test
    void paddingChangesNothing() {
        try (RandomSource random = new RandomSource(1);
                Transformer transformer = new Transformer(20, random);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Dropout none = Dropout.none(random);
            Batch both = Batch.of(List.of(SHORT, LONG));
            Batch alone = Batch.of(List.of(SHORT));
            Batch target = Batch.of(List.of(new int[] {1, 5}));
            Batch targets = Batch.of(List.of(new int[] {1, 5}, new int[] {1, 5}));
            Tensor with = transformer.decode(targets, transformer.encode(both, none), both.mask(), none);
            Tensor without = transformer.decode(target, transformer.encode(alone, none), alone.mask(), none);
            assertThat(difference(with.narrow(0, 0, 1), without)).isLessThan(ROUNDING);
            assertThat(difference(with.narrow(0, 1, 1), without)).isGreaterThan(0.01);
        }
    }

    @Test
    void batchesSayWhereTheyHavePieces() {
        try (PointerScope scope = new PointerScope()) {
            Batch batch = Batch.of(List.of(SHORT, LONG));
            assertThat(batch.ids().sizes().vec().get()).containsExactly(2, 6);
            long[] places = new long[9];
            batch.places().data_ptr_long().get(places);
            assertThat(places).containsExactly(0, 1, 2, 6, 7, 8, 9, 10, 11);
            assertThat(batch.mask().isinf().sum().item_long()).isEqualTo(3);
        }
    }

    private static double difference(Tensor one, Tensor other) {
        return torch.max(one.sub(other).abs()).item_double();
    }
}
