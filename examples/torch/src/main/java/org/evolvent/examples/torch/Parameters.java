package org.evolvent.examples.torch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The parameters of a model: 32-bit floats in one flat tensor, their gradients in another. What the layers use are views, so that an update
 * of all takes a handful of operations.
 */
public final class Parameters implements Stateful, AutoCloseable {
    private final Retained retained = new Retained();
    private final Tensor weights;
    private final Tensor gradients;
    private final List<Tensor> views = new ArrayList<>();

    /**
     * Creates parameters that are all zero, and have no gradient yet.
     *
     * @param shapes the extents of each parameter, each at least 1
     */
    public Parameters(List<long[]> shapes) {
        try (PointerScope scope = new PointerScope()) {
            long size = shapes.stream().mapToLong(Parameters::product).sum();
            weights = retained.keep(torch.zeros(size));
            gradients = retained.keep(torch.zeros(size));
            long offset = 0;
            for (long[] shape : shapes) {
                long length = product(shape);
                Tensor view = retained.keep(
                        weights.narrow(0, offset, length).view(shape).detach());
                view.requires_grad_(true);
                view.mutable_grad().put(gradients.narrow(0, offset, length).view(shape));
                views.add(view);
                offset += length;
            }
        }
    }

    private static long product(long[] shape) {
        long product = 1;
        for (long extent : shape) {
            if (extent < 1) {
                throw new IllegalArgumentException(
                        "An extent of a parameter is %d but must be at least 1".formatted(extent));
            }
            product *= extent;
        }
        return product;
    }

    /** Returns a parameter, in the order of the shapes, from 0: a view that takes part in derivatives. */
    public Tensor get(int index) {
        return views.get(index);
    }

    /** Returns a parameter as a view that takes part in no derivative: to be written into. */
    public Tensor values(int index) {
        return views.get(index).detach();
    }

    /** Returns how many numbers there are. */
    public long size() {
        return weights.numel();
    }

    /** Returns all weights: the flat tensor itself, not a copy. */
    public Tensor weights() {
        return weights;
    }

    /** Returns all gradients: the flat tensor itself, not a copy. {@code backward()} adds to it. */
    public Tensor gradients() {
        return gradients;
    }

    /** Sets all gradients to zero, as has to be done before {@code backward()}. */
    public void zeroGradients() {
        gradients.zero_();
    }

    /**
     * Scales the gradients down to a norm, if theirs is larger.
     *
     * @param most the largest Euclidean norm of all of them together, above 0
     */
    public void clipGradients(double most) {
        try (PointerScope scope = new PointerScope()) {
            double norm = gradients.norm().item_double();
            if (norm > most) {
                gradients.mul_(new Scalar(most / norm));
            }
        }
    }

    /** Switches derivatives by these parameters on or off: a GAN's generator learns faster while its judge has none. */
    public void requireGradients(boolean required) {
        views.forEach(view -> view.requires_grad_(required));
    }

    /** Writes the weights; gradients belong to a step. */
    @Override
    public void write(DataOutput out) throws IOException {
        new TensorState(weights).write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        new TensorState(weights).read(in);
    }

    @Override
    public void close() {
        retained.close();
    }
}
