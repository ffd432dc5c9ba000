package org.evolvent.examples.torch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The optimizer Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), in eight operations for all parameters.
 * PyTorch's own does the same, but hides its moments. Every setting may change from step to step; the moments stay.
 */
public final class Adam implements Stateful, AutoCloseable {
    private final Retained retained = new Retained();
    private final Parameters parameters;
    private final Tensor mean;
    private final Tensor variance;
    private long steps;

    /**
     * How a step goes.
     *
     * @param learningRate above 0
     * @param beta1 how slowly the mean of the gradients follows, in [0, 1)
     * @param beta2 how slowly the mean of their squares follows, in [0, 1)
     * @param epsilon what is added to the root of that mean, above 0
     * @param weightDecay the share of the weights, times the learning rate, that each step takes away; from 0
     */
    public record Settings(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        /** Creates the usual settings: 0.9, 0.999, 1e-8 and no decay. */
        public Settings(double learningRate) {
            this(learningRate, 0.9, 0.999, 1e-8, 0);
        }
    }

    /** Creates one that has not seen any gradient. */
    public Adam(Parameters parameters) {
        this.parameters = parameters;
        try (PointerScope scope = new PointerScope()) {
            mean = retained.keep(torch.zeros(parameters.size()));
            variance = retained.keep(torch.zeros(parameters.size()));
        }
    }

    /** Moves the weights by their gradients. */
    public void step(Settings settings) {
        steps++;
        double correction1 = 1 - StrictMath.pow(settings.beta1, steps);
        double correction2 = 1 - StrictMath.pow(settings.beta2, steps);
        try (PointerScope scope = new PointerScope()) {
            Tensor gradients = parameters.gradients();
            if (settings.weightDecay != 0) {
                parameters.weights().mul_(new Scalar(1 - settings.learningRate * settings.weightDecay));
            }
            mean.mul_(new Scalar(settings.beta1)).add_(gradients, new Scalar(1 - settings.beta1));
            variance.mul_(new Scalar(settings.beta2)).addcmul_(gradients, gradients, new Scalar(1 - settings.beta2));
            Tensor root =
                    variance.sqrt().div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(settings.epsilon));
            parameters.weights().addcdiv_(mean, root, new Scalar(-settings.learningRate / correction1));
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(steps);
        new TensorState(mean).write(out);
        new TensorState(variance).write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        steps = in.readLong();
        new TensorState(mean).read(in);
        new TensorState(variance).read(in);
    }

    @Override
    public void close() {
        retained.close();
    }
}
