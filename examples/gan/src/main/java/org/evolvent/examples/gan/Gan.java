package org.evolvent.examples.gan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Adam;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Stateful;

/** A generator and a discriminator that train each other (Goodfellow et al. 2014, arXiv 1406.2661), with the losses that do not saturate. */
final class Gan implements Stateful, AutoCloseable {
    private static final int BATCH = 64;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Images real;
    private final RandomSource random;
    private final Generator generator;
    private final Discriminator discriminator;
    private final Adam generatorAdam;
    private final Adam discriminatorAdam;
    private long steps;

    /** Creates one with fresh weights that will learn to draw such images. */
    Gan(Images real, long seed) {
        this.real = real;
        random = new RandomSource(seed);
        generator = new Generator(real.channels(), real.side(), random);
        discriminator = new Discriminator(real.channels(), real.side(), random);
        generatorAdam = new Adam(generator.parameters());
        discriminatorAdam = new Adam(discriminator.parameters());
    }

    /** Returns the network that draws. */
    Generator generator() {
        return generator;
    }

    /**
     * Makes one step: the discriminator learns from 64 real images and as many drawn ones, and every {@code discriminatorSteps} steps the
     * generator from the discriminator. So the budget of a study bounds the images that are looked at, whatever the ratio.
     */
    void step(Settings settings) {
        try (PointerScope scope = new PointerScope()) {
            learnToTell(settings);
        }
        steps++;
        if (steps % settings.discriminatorSteps() == 0) {
            try (PointerScope scope = new PointerScope()) {
                learnToDraw(settings);
            }
        }
    }

    private void learnToTell(Settings settings) {
        TensorOptions longs = new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Long));
        Tensor places = torch.randint(real.count(), new long[] {BATCH}, random.generator(), longs);
        Tensor drawn;
        try (NoGradGuard guard = new NoGradGuard()) {
            drawn = generator.draw(Generator.latents(BATCH, random));
        }
        discriminator.parameters().zeroGradients();
        Tensor missed =
                torch.softplus(discriminator.look(real.get(places)).neg()).mean();
        Tensor fooled = torch.softplus(discriminator.look(drawn)).mean();
        missed.add(fooled).backward();
        discriminatorAdam.step(adam(settings.discriminatorLearningRate(), settings.discriminatorBeta1()));
    }

    private void learnToDraw(Settings settings) {
        generator.parameters().zeroGradients();
        discriminator.parameters().requireGradients(false);
        Tensor drawn = generator.draw(Generator.latents(BATCH, random));
        torch.softplus(discriminator.look(drawn).neg()).mean().backward();
        discriminator.parameters().requireGradients(true);
        generatorAdam.step(adam(settings.generatorLearningRate(), settings.generatorBeta1()));
    }

    private static Adam.Settings adam(double learningRate, double beta1) {
        return new Adam.Settings(learningRate, beta1, BETA2, EPSILON, 0);
    }

    /** Draws other random numbers from now on. */
    void reseed(long seed) {
        random.reseed(seed);
    }

    /** Writes all but the generator, which has a file of its own. */
    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(steps);
        random.write(out);
        discriminator.write(out);
        generatorAdam.write(out);
        discriminatorAdam.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        steps = in.readLong();
        random.read(in);
        discriminator.read(in);
        generatorAdam.read(in);
        discriminatorAdam.read(in);
    }

    @Override
    public void close() {
        discriminatorAdam.close();
        generatorAdam.close();
        discriminator.close();
        generator.close();
        random.close();
    }
}
