package org.evolvent.examples.gan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Retained;
import org.evolvent.examples.torch.Stateful;
import org.evolvent.examples.torch.TensorState;

/** Batch normalization (Ioffe and Szegedy 2015): a batch's own statistics in training, those of many batches otherwise. */
final class Normalization implements Stateful, AutoCloseable {
    private static final double SHARE = 0.1;
    private static final double EPSILON = 1e-5;

    private final Retained retained = new Retained();
    private final Tensor scale;
    private final Tensor shift;
    private final Tensor mean;
    private final Tensor variance;

    /**
     * Creates one, and sets the scales to 1.
     *
     * @param scale one for each channel
     * @param shift one for each channel
     */
    Normalization(Tensor scale, Tensor shift) {
        this.scale = scale;
        this.shift = shift;
        try (PointerScope scope = new PointerScope()) {
            scale.detach().fill_(new Scalar(1));
            mean = retained.keep(torch.zeros(scale.numel()));
            variance = retained.keep(torch.ones(scale.numel()));
        }
    }

    /** Normalizes samples x channels (x height x width). */
    Tensor apply(Tensor inputs, boolean training) {
        return torch.batch_norm(
                inputs,
                new TensorOptional(scale),
                new TensorOptional(shift),
                new TensorOptional(mean),
                new TensorOptional(variance),
                training,
                SHARE,
                EPSILON,
                false);
    }

    /** Writes the statistics; scales and shifts are parameters of the network. */
    @Override
    public void write(DataOutput out) throws IOException {
        new TensorState(mean).write(out);
        new TensorState(variance).write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        new TensorState(mean).read(in);
        new TensorState(variance).read(in);
    }

    @Override
    public void close() {
        retained.close();
    }
}
