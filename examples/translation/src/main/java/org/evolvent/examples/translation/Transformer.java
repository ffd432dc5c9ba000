package org.evolvent.examples.translation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Parameters;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Retained;
import org.evolvent.examples.torch.Stateful;

/**
 * The Transformer (Vaswani et al. 2017), an encoder and a decoder, normalized before each layer (Xiong et al. 2020). One matrix embeds the
 * pieces of both languages and scores the next piece (Press and Wolf 2017). Shapes are sentences x length x {@link #WIDTH}, if not said.
 * Not thread-safe, but any thread may use it after another.
 */
final class Transformer implements Stateful, AutoCloseable {
    /** Units of a piece between layers. */
    static final int WIDTH = 128;

    /** The most pieces that a sentence may have, with those for begin and end. */
    static final int LONGEST = 160;

    private static final int HEADS = 4;
    private static final int HEAD = WIDTH / HEADS;
    private static final int INNER = 512;
    private static final int LAYERS = 2;

    private final List<long[]> shapes = new ArrayList<>();
    private final Retained retained = new Retained();
    private final int embedding;
    private final List<EncoderLayer> encoder = new ArrayList<>();
    private final List<DecoderLayer> decoder = new ArrayList<>();
    private final int encoded;
    private final int decoded;
    private final Parameters parameters;
    private final Tensor positions;
    private final Tensor future;

    /** Where the parameters of an attention begin: those of its normalization, queries, keys with values, and output. */
    private record Attention(int norm, int query, int memory, int output) {}

    private record FeedForward(int norm, int inner, int outer) {}

    private record EncoderLayer(Attention self, FeedForward feedForward) {}

    private record DecoderLayer(Attention self, Attention source, FeedForward feedForward) {}

    /**
     * What an attention looks at.
     *
     * @param keys sentences x heads x length x units of a head
     * @param values of the same shape
     */
    record Memory(Tensor keys, Tensor values) {
        /** Returns memory for translations that are not written yet. */
        static Memory empty(long sentences, long length) {
            return new Memory(torch.zeros(sentences, HEADS, length, HEAD), torch.zeros(sentences, HEADS, length, HEAD));
        }

        /** Writes what was thought of one more piece, and returns all up to it. */
        Memory with(Memory piece, long place) {
            keys.narrow(2, place, 1).copy_(piece.keys);
            values.narrow(2, place, 1).copy_(piece.values);
            return new Memory(keys.narrow(2, 0, place + 1), values.narrow(2, 0, place + 1));
        }
    }

    /**
     * Creates one with weights from the generator.
     *
     * @param vocabulary how many pieces there are
     */
    Transformer(int vocabulary, RandomSource random) {
        embedding = add(vocabulary, WIDTH);
        for (int i = 0; i < LAYERS; i++) {
            encoder.add(new EncoderLayer(attention(), feedForward()));
        }
        encoded = norm();
        for (int i = 0; i < LAYERS; i++) {
            decoder.add(new DecoderLayer(attention(), attention(), feedForward()));
        }
        decoded = norm();
        parameters = new Parameters(shapes);
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < shapes.size(); i++) {
                long[] shape = shapes.get(i);
                if (i == embedding) {
                    parameters.values(i).normal_(0, 1 / Math.sqrt(WIDTH), random.generator());
                } else if (shape.length == 2) {
                    parameters.values(i).normal_(0, Math.sqrt(2.0 / (shape[0] + shape[1])), random.generator());
                }
            }
            encoder.forEach(layer -> begin(layer.self.norm, layer.feedForward.norm));
            decoder.forEach(layer -> begin(layer.self.norm, layer.source.norm, layer.feedForward.norm));
            begin(encoded, decoded);
            positions = retained.keep(waves());
            future = retained.keep(torch.full(new long[] {LONGEST, LONGEST}, new Scalar(Float.NEGATIVE_INFINITY))
                    .triu(1));
        }
    }

    private int add(long... shape) {
        shapes.add(shape);
        return shapes.size() - 1;
    }

    private int linear(int in, int out) {
        int weight = add(out, in);
        add(out);
        return weight;
    }

    private int norm() {
        int weight = add(WIDTH);
        add(WIDTH);
        return weight;
    }

    private Attention attention() {
        return new Attention(norm(), linear(WIDTH, WIDTH), linear(WIDTH, 2 * WIDTH), linear(WIDTH, WIDTH));
    }

    private FeedForward feedForward() {
        return new FeedForward(norm(), linear(WIDTH, INNER), linear(INNER, WIDTH));
    }

    private void begin(int... norms) {
        for (int norm : norms) {
            parameters.values(norm).fill_(new Scalar(1));
        }
    }

    /** Sines and cosines of rising wave lengths, which tell places apart. */
    private static Tensor waves() {
        float[] waves = new float[LONGEST * WIDTH];
        for (int place = 0; place < LONGEST; place++) {
            for (int i = 0; i < WIDTH; i += 2) {
                double angle = place / StrictMath.pow(10_000, (double) i / WIDTH);
                waves[place * WIDTH + i] = (float) StrictMath.sin(angle);
                waves[place * WIDTH + i + 1] = (float) StrictMath.cos(angle);
            }
        }
        return Tensor.create(waves, LONGEST, WIDTH);
    }

    /** Returns what can be learnt. */
    Parameters parameters() {
        return parameters;
    }

    /**
     * Reads sentences.
     *
     * @param sentences that end with {@link Subwords#END}
     * @return what the decoder looks at
     */
    Tensor encode(Batch sentences, Dropout dropout) {
        Tensor mask = sentences.mask();
        Tensor units = embed(sentences.ids(), 0, dropout);
        for (EncoderLayer layer : encoder) {
            Tensor input = normalized(units, layer.self.norm);
            Tensor seen = attend(layer.self, input, remember(layer.self, input), mask, dropout);
            units = feedForward(layer.feedForward, units.add(dropout.layer(seen)), dropout);
        }
        return normalized(units, encoded);
    }

    /**
     * Tells at each place of translations what it thinks of the next piece, knowing those up to this one.
     *
     * @param translations that begin with {@link Subwords#BEGIN}
     * @param source what {@link #encode} returned
     * @param mask of the sentences that were encoded
     */
    Tensor decode(Batch translations, Tensor source, Tensor mask, Dropout dropout) {
        long length = translations.ids().size(1);
        Tensor later = future.narrow(0, 0, length).narrow(1, 0, length);
        Tensor units = embed(translations.ids(), 0, dropout);
        for (DecoderLayer layer : decoder) {
            Tensor input = normalized(units, layer.self.norm);
            Tensor seen = attend(layer.self, input, remember(layer.self, input), later, dropout);
            units = rest(layer, units.add(dropout.layer(seen)), remember(layer.source, source), mask, dropout);
        }
        return normalized(units, decoded);
    }

    private Tensor rest(DecoderLayer layer, Tensor units, Memory source, Tensor mask, Dropout dropout) {
        Tensor seen = attend(layer.source, normalized(units, layer.source.norm), source, mask, dropout);
        return feedForward(layer.feedForward, units.add(dropout.layer(seen)), dropout);
    }

    /** Returns what each layer of the decoder remembers of the sentences, in its order. */
    List<Memory> remember(Tensor source) {
        return decoder.stream().map(layer -> remember(layer.source, source)).toList();
    }

    /** Returns what each layer of the decoder remembers of translations that are not written yet. */
    List<Memory> nothing(long sentences, long length) {
        return decoder.stream().map(layer -> Memory.empty(sentences, length)).toList();
    }

    /**
     * Does what {@link #decode} does at one place, with what it remembers of those before.
     *
     * @param ids the piece at this place of each translation: sentences x 1
     * @param place from 0
     * @param written is added to
     */
    Tensor decode(Tensor ids, int place, List<Memory> written, List<Memory> source, Tensor mask, Dropout dropout) {
        Tensor units = embed(ids, place, dropout);
        for (int i = 0; i < LAYERS; i++) {
            DecoderLayer layer = decoder.get(i);
            Tensor input = normalized(units, layer.self.norm);
            Memory all = written.get(i).with(remember(layer.self, input), place);
            // All that is written is in the past.
            Tensor seen =
                    attend(layer.self, input, all, future.narrow(0, place, 1).narrow(1, 0, place + 1), dropout);
            units = rest(layer, units.add(dropout.layer(seen)), source.get(i), mask, dropout);
        }
        return normalized(units, decoded);
    }

    /**
     * Returns scores of all pieces, from minus to plus infinity.
     *
     * @param units some places of a decoder's output: places x {@link #WIDTH}
     * @return places x pieces
     */
    Tensor scores(Tensor units) {
        return units.mm(parameters.get(embedding).t());
    }

    private Tensor embed(Tensor ids, long place, Dropout dropout) {
        Tensor units = torch.embedding(parameters.get(embedding), ids)
                .mul(new Scalar(Math.sqrt(WIDTH)))
                .add(positions.narrow(0, place, ids.size(1)));
        return dropout.layer(units);
    }

    private Tensor normalized(Tensor units, int norm) {
        return torch.layer_norm(
                units,
                new long[] {WIDTH},
                new TensorOptional(parameters.get(norm)),
                new TensorOptional(parameters.get(norm + 1)),
                1e-5,
                false);
    }

    private Tensor linear(Tensor units, int weight) {
        return torch.linear(units, parameters.get(weight), new TensorOptional(parameters.get(weight + 1)));
    }

    private Memory remember(Attention attention, Tensor units) {
        Tensor both = linear(units, attention.memory)
                .view(units.size(0), units.size(1), 2, HEADS, HEAD)
                .permute(2, 0, 3, 1, 4);
        return new Memory(both.select(0, 0), both.select(0, 1));
    }

    private Tensor attend(Attention attention, Tensor units, Memory memory, Tensor mask, Dropout dropout) {
        Tensor queries = linear(units, attention.query)
                .view(units.size(0), units.size(1), HEADS, HEAD)
                .transpose(1, 2);
        Tensor weights = queries.matmul(memory.keys.transpose(2, 3))
                .mul_(new Scalar(1 / Math.sqrt(HEAD)))
                .add_(mask)
                .softmax(-1);
        Tensor seen = dropout.attention(weights).matmul(memory.values).transpose(1, 2);
        return linear(seen.reshape(units.size(0), units.size(1), WIDTH), attention.output);
    }

    private Tensor feedForward(FeedForward layer, Tensor units, Dropout dropout) {
        Tensor inner = linear(normalized(units, layer.norm), layer.inner).relu_();
        return units.add(dropout.layer(linear(dropout.activation(inner), layer.outer)));
    }

    @Override
    public void write(DataOutput out) throws IOException {
        parameters.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        parameters.read(in);
    }

    @Override
    public void close() {
        parameters.close();
        retained.close();
    }
}
