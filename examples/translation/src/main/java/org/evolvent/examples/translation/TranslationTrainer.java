package org.evolvent.examples.translation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.examples.torch.Adam;
import org.evolvent.examples.torch.Checkpoint;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Stateful;
import org.evolvent.examples.torch.Torch;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;

/**
 * Trains a Transformer to translate. A step is a batch of {@link Order#BATCH} sentences. The objective {@code bleu} is the corpus BLEU of
 * its greedy translations of the validation part; {@code loss} is the mean loss of the interval, in nats for each piece.
 */
final class TranslationTrainer implements Trainer {
    /** The file of a checkpoint that holds the weights, and nothing else. */
    static final String MODEL = "model.bin";

    /** The number of the format of all files of a checkpoint. */
    static final int FORMAT = 1;

    private static final String STATE = "state.bin";

    /** Steps in which the learning rate rises to what it is to be: Adam knows too little of the gradients before. */
    private static final int WARM_UP = 200;

    private static final double LARGEST_GRADIENT = 1;
    private static final int MEAN = 1;
    private static final long NO_PIECE = -100;

    private final Corpus corpus;
    private final RandomSource random;
    private final Transformer transformer;
    private final Adam adam;
    private final Order order;
    private final Translator translator;
    private final Steps steps = new Steps();
    private Settings settings;

    /** Creates one with fresh weights. */
    TranslationTrainer(Corpus corpus, Hyperparameters hyperparameters, long seed) {
        Torch.useOneThread();
        this.corpus = corpus;
        settings = Settings.of(hyperparameters);
        random = new RandomSource(seed);
        transformer = new Transformer(corpus.subwords().size(), random);
        adam = new Adam(transformer.parameters());
        order = new Order(corpus.lengths(), seed);
        translator = new Translator(transformer, corpus.subwords(), random);
    }

    @Override
    public Report train(long count) throws InterruptedException {
        double loss = 0;
        for (long i = 0; i < count; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted at step " + steps.done);
            }
            loss += step(order.nextBatch());
        }
        return measured().and("loss", loss / count);
    }

    private double step(List<Integer> places) {
        steps.done++;
        double warm = Math.min(1, (double) steps.done / WARM_UP);
        try (PointerScope scope = new PointerScope()) {
            Tensor loss = loss(places);
            transformer.parameters().zeroGradients();
            loss.backward();
            transformer.parameters().clipGradients(LARGEST_GRADIENT);
            adam.step(new Adam.Settings(warm * settings.learningRate(), 0.9, 0.98, 1e-9, 0));
            return loss.item_double();
        }
    }

    private Tensor loss(List<Integer> places) {
        Batch source = Batch.of(places.stream().map(corpus.sources()::get).toList());
        List<int[]> targets = places.stream().map(corpus.targets()::get).toList();
        Batch known = Batch.of(targets.stream().map(TranslationTrainer::butLast).toList());
        long[] next = targets.stream()
                .flatMapToInt(target -> Arrays.stream(target, 1, target.length))
                .asLongStream()
                .toArray();
        Dropout dropout =
                new Dropout(settings.attentionDropout(), settings.layerDropout(), settings.activationDropout(), random);
        Tensor units = transformer.decode(known, transformer.encode(source, dropout), source.mask(), dropout);
        Tensor real = units.reshape(-1, Transformer.WIDTH).index_select(0, known.places());
        return torch.cross_entropy_loss(
                transformer.scores(real),
                Tensor.create(next),
                new TensorOptional(),
                MEAN,
                NO_PIECE,
                settings.labelSmoothing());
    }

    private static int[] butLast(int[] pieces) {
        return Arrays.copyOf(pieces, pieces.length - 1);
    }

    /** Adam's moments stay: they belong to the weights. */
    @Override
    public void apply(Hyperparameters hyperparameters) {
        settings = Settings.of(hyperparameters);
    }

    @Override
    public void reseed(long seed) {
        random.reseed(seed);
        order.reseed(seed);
    }

    @Override
    public Optional<Report> evaluate() {
        return Optional.of(measured());
    }

    private Report measured() {
        List<String> translations = translator.translate(corpus.validation().english());
        return Report.of("bleu", Bleu.of(translations, corpus.validation().german()));
    }

    @Override
    public void save(Path directory) throws IOException {
        Checkpoint.write(directory.resolve(MODEL), FORMAT, transformer);
        Checkpoint.write(directory.resolve(STATE), FORMAT, steps, order, random, adam);
    }

    @Override
    public void restore(Path directory) throws IOException {
        Checkpoint.read(directory.resolve(MODEL), FORMAT, transformer);
        Checkpoint.read(directory.resolve(STATE), FORMAT, steps, order, random, adam);
    }

    @Override
    public void close() {
        adam.close();
        transformer.close();
        random.close();
    }

    /** How many steps are behind the weights. */
    private static final class Steps implements Stateful {
        private long done;

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(done);
        }

        @Override
        public void read(DataInput in) throws IOException {
            done = in.readLong();
        }
    }
}
