package org.evolvent.examples.gan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Parameters;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Stateful;

/** Draws images from 64 normal numbers each, with two transposed convolutions: a small DCGAN (Radford et al. 2016, arXiv 1511.06434). */
final class Generator implements Stateful, AutoCloseable {
    static final int LATENTS = 64;

    private static final int FILTERS = 32;
    private static final int WIDTH = 4;
    private static final double DEVIATION = 0.02;
    private static final int PART = 500;
    private static final long[] ONES = {1, 1};
    private static final long[] TWOS = {2, 2};
    private static final long[] ZEROS = {0, 0};

    private final int quarter;
    private final Parameters parameters;
    private final Normalization first;
    private final Normalization second;

    /**
     * Creates one with fresh weights.
     *
     * @param channels of an image
     * @param side width, and height, of an image in pixels: a multiple of 4
     */
    Generator(int channels, int side, RandomSource random) {
        quarter = side / 4;
        parameters = new Parameters(List.of(
                new long[] {LATENTS, 2L * FILTERS * quarter * quarter},
                new long[] {2 * FILTERS},
                new long[] {2 * FILTERS},
                new long[] {2 * FILTERS, FILTERS, WIDTH, WIDTH},
                new long[] {FILTERS},
                new long[] {FILTERS},
                new long[] {FILTERS, channels, WIDTH, WIDTH},
                new long[] {channels}));
        try (PointerScope scope = new PointerScope()) {
            for (int layer : new int[] {0, 3, 6}) {
                parameters.values(layer).normal_(0, DEVIATION, random.generator());
            }
        }
        first = new Normalization(parameters.get(1), parameters.get(2));
        second = new Normalization(parameters.get(4), parameters.get(5));
    }

    /** Returns what can be learnt. */
    Parameters parameters() {
        return parameters;
    }

    /**
     * Draws a batch to learn from.
     *
     * @param latents images x {@link #LATENTS}
     * @return images x channels x side x side, in [-1, 1]
     */
    Tensor draw(Tensor latents) {
        return draw(latents, true);
    }

    /**
     * Draws images to be looked at. An image depends on its latents only, not on those beside it. To be called inside a scope.
     *
     * @param count of the images
     * @param random what the latents are drawn from
     * @return parts with at most 500 images each
     */
    List<Tensor> draw(int count, RandomSource random) {
        try (NoGradGuard guard = new NoGradGuard()) {
            List<Tensor> parts = new ArrayList<>();
            for (int done = 0; done < count; done += PART) {
                parts.add(draw(latents(Math.min(PART, count - done), random), false));
            }
            return parts;
        }
    }

    /** Draws normal numbers for images. */
    static Tensor latents(int images, RandomSource random) {
        return torch.empty(images, LATENTS).normal_(0, 1, random.generator());
    }

    private Tensor draw(Tensor latents, boolean training) {
        Tensor grid = latents.matmul(parameters.get(0)).view(-1, 2 * FILTERS, quarter, quarter);
        Tensor half = doubled(first.apply(grid, training).relu_(), 3, new TensorOptional());
        return doubled(second.apply(half, training).relu_(), 6, new TensorOptional(parameters.get(7)))
                .tanh();
    }

    private Tensor doubled(Tensor inputs, int layer, TensorOptional bias) {
        return torch.conv_transpose2d(inputs, parameters.get(layer), bias, TWOS, ONES, ZEROS, 1, ONES);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        parameters.write(out);
        first.write(out);
        second.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        parameters.read(in);
        first.read(in);
        second.read(in);
    }

    @Override
    public void close() {
        first.close();
        second.close();
        parameters.close();
    }
}
