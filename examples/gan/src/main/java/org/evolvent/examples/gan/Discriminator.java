package org.evolvent.examples.gan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Parameters;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Stateful;

/** Tells real images from drawn ones, with two convolutions: the other half of the DCGAN. */
final class Discriminator implements Stateful, AutoCloseable {
    private static final int FILTERS = 32;
    private static final int WIDTH = 4;
    private static final double DEVIATION = 0.02;
    private static final double LEAK = 0.2;
    private static final long[] ONES = {1, 1};
    private static final long[] TWOS = {2, 2};

    private final Parameters parameters;
    private final Normalization normalization;

    /**
     * Creates one with fresh weights.
     *
     * @param channels of an image
     * @param side width, and height, of an image in pixels: a multiple of 4
     */
    Discriminator(int channels, int side, RandomSource random) {
        long quarter = side / 4;
        parameters = new Parameters(List.of(
                new long[] {FILTERS, channels, WIDTH, WIDTH},
                new long[] {FILTERS},
                new long[] {2 * FILTERS, FILTERS, WIDTH, WIDTH},
                new long[] {2 * FILTERS},
                new long[] {2 * FILTERS},
                new long[] {1, 2 * FILTERS * quarter * quarter},
                new long[] {1}));
        try (PointerScope scope = new PointerScope()) {
            for (int layer : new int[] {0, 2, 5}) {
                parameters.values(layer).normal_(0, DEVIATION, random.generator());
            }
        }
        normalization = new Normalization(parameters.get(3), parameters.get(4));
    }

    /** Returns what can be learnt. */
    Parameters parameters() {
        return parameters;
    }

    /**
     * Looks at a batch, which should be all real or all drawn.
     *
     * @param images images x channels x side x side, in [-1, 1]
     * @return the logarithm of the odds that it is real, for each image
     */
    Tensor look(Tensor images) {
        Tensor half = leaky(halved(images, 0, new TensorOptional(parameters.get(1))));
        Tensor quarter = leaky(normalization.apply(halved(half, 2, new TensorOptional()), true));
        return torch.addmm(
                parameters.get(6), quarter.flatten(1, -1), parameters.get(5).t());
    }

    private Tensor halved(Tensor inputs, int layer, TensorOptional bias) {
        return torch.conv2d(inputs, parameters.get(layer), bias, TWOS, ONES, ONES, 1);
    }

    private static Tensor leaky(Tensor units) {
        return torch.leaky_relu(units, new Scalar(LEAK));
    }

    @Override
    public void write(DataOutput out) throws IOException {
        parameters.write(out);
        normalization.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        parameters.read(in);
        normalization.read(in);
    }

    @Override
    public void close() {
        normalization.close();
        parameters.close();
    }
}
