package org.evolvent.examples.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.translation.Transformer.Memory;

/** Translates by the most probable next piece, again and again (greedily), with nothing left out. */
final class Translator {
    private static final int BATCH = 128;

    private final Transformer transformer;
    private final Subwords subwords;
    private final Dropout dropout;

    /**
     * Creates one.
     *
     * @param random is not drawn from
     */
    Translator(Transformer transformer, Subwords subwords, RandomSource random) {
        this.transformer = transformer;
        this.subwords = subwords;
        this.dropout = Dropout.none(random);
    }

    /** Returns a translation of each sentence. */
    List<String> translate(List<String> sentences) {
        List<int[]> sources = sentences.stream()
                .map(sentence -> Corpus.source(subwords, sentence))
                .toList();
        // Those that are about as long end about together.
        List<Integer> order = IntStream.range(0, sources.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> sources.get(place).length))
                .toList();
        String[] translations = new String[sources.size()];
        for (int from = 0; from < order.size(); from += BATCH) {
            List<Integer> places = order.subList(from, Math.min(order.size(), from + BATCH));
            List<List<Integer>> pieces =
                    translateBatch(places.stream().map(sources::get).toList());
            for (int i = 0; i < places.size(); i++) {
                translations[places.get(i)] = subwords.decode(pieces.get(i));
            }
        }
        return Arrays.asList(translations);
    }

    private List<List<Integer>> translateBatch(List<int[]> sources) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Batch batch = Batch.of(sources);
            Tensor mask = batch.mask();
            List<Memory> source = transformer.remember(transformer.encode(batch, dropout));
            int limit = (int) Math.min(Transformer.LONGEST, 2 * batch.ids().size(1) + 8);
            List<Memory> written = transformer.nothing(sources.size(), limit);
            List<List<Integer>> translations = new ArrayList<>();
            sources.forEach(sentence -> translations.add(new ArrayList<>()));
            boolean[] ended = new boolean[sources.size()];
            long[] last = new long[sources.size()];
            Arrays.fill(last, Subwords.BEGIN);
            int open = ended.length;
            for (int place = 0; place < limit && open > 0; place++) {
                try (PointerScope step = new PointerScope()) {
                    Tensor ids = Tensor.create(last, last.length, 1);
                    Tensor units = transformer.decode(ids, place, written, source, mask, dropout);
                    Tensor scores = transformer.scores(units.view(last.length, Transformer.WIDTH));
                    scores.argmax(new LongOptional(1), false).data_ptr_long().get(last);
                }
                for (int i = 0; i < last.length; i++) {
                    if (!ended[i] && last[i] == Subwords.END) {
                        ended[i] = true;
                        open--;
                    } else if (!ended[i]) {
                        translations.get(i).add((int) last[i]);
                    }
                }
            }
            return translations;
        }
    }
}
