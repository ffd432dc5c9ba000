package org.evolvent.examples.gan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.examples.torch.Checkpoint;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;

/**
 * Trains a GAN. A step is one batch for the discriminator. The objective is {@code inception_score}: the mean over four splits of 1,000 drawn
 * images each; what they score is reported as samples. {@code frechet_distance} is that of all 4,000 from the real test images, and nothing
 * decides by it. All models draw from the same latents here, so that chance favours none; {@link Score} takes others.
 */
final class GanTrainer implements Trainer {
    /** The file of a checkpoint that holds the generator, and nothing else. */
    static final String GENERATOR = "generator.bin";

    /** The file of a checkpoint that shows samples of the weights' ancestors, interval by interval. */
    static final String SAMPLES = "samples.png";

    static final int FORMAT = 1;

    private static final String STATE = "state.bin";
    private static final int IMAGES = 4 * Scores.SPLIT;
    private static final long LATENT_SEED = 2017;

    private final Task task;
    private final Gan gan;
    private final Sheet sheet = new Sheet();
    private Settings settings;

    /** Creates one with fresh weights. */
    GanTrainer(Task task, Hyperparameters hyperparameters, long seed) {
        Torch.useOneThread();
        this.task = task;
        settings = Settings.of(hyperparameters);
        gan = new Gan(task.training(), seed);
    }

    @Override
    public Report train(long steps) throws InterruptedException {
        for (long i = 0; i < steps; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted after " + i + " steps");
            }
            gan.step(settings);
        }
        try (PointerScope scope = new PointerScope();
                RandomSource latents = new RandomSource(LATENT_SEED)) {
            sheet.add(gan.generator().draw(Sheet.COLUMNS, latents).get(0));
        }
        return measured();
    }

    private Report measured() {
        try (PointerScope scope = new PointerScope();
                RandomSource latents = new RandomSource(LATENT_SEED)) {
            Scores scores = task.score(gan.generator().draw(IMAGES, latents));
            return Report.of("inception_score", scores.score())
                    .and("frechet_distance", scores.distance())
                    .withSamples(scores.inception());
        }
    }

    @Override
    public Optional<Report> evaluate() {
        return Optional.of(measured());
    }

    /** The moments stay: they belong to the weights. */
    @Override
    public void apply(Hyperparameters hyperparameters) {
        settings = Settings.of(hyperparameters);
    }

    @Override
    public void reseed(long seed) {
        gan.reseed(seed);
    }

    @Override
    public void save(Path directory) throws IOException {
        sheet.write(directory.resolve(SAMPLES));
        Checkpoint.write(directory.resolve(GENERATOR), FORMAT, gan.generator());
        Checkpoint.write(directory.resolve(STATE), FORMAT, gan);
    }

    @Override
    public void restore(Path directory) throws IOException {
        sheet.read(directory.resolve(SAMPLES));
        Checkpoint.read(directory.resolve(GENERATOR), FORMAT, gan.generator());
        Checkpoint.read(directory.resolve(STATE), FORMAT, gan);
    }

    @Override
    public void close() {
        gan.close();
    }
}
