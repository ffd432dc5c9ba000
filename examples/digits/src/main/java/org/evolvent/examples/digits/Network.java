package org.evolvent.examples.digits;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A perceptron with three hidden layers and its optimizer, stochastic gradient descent with momentum.
 *
 * <p>All weights lie in one flat tensor, so do all gradients and all momenta; what the layers use are views. An update is then five
 * operations, and a checkpoint two arrays. Not thread-safe, but any thread may use it after another.
 */
final class Network implements AutoCloseable {
    private static final int[] WIDTHS = {DigitsData.PIXELS, 32, 32, 32, DigitsData.CLASSES};

    private record Layer(Tensor weight, Tensor bias) {}

    private final List<Pointer> kept = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final Tensor weights;
    private final Tensor gradient;
    private final Tensor momentum;

    /** Creates a network with weights drawn from the generator (He et al. 2015) and no momentum. */
    Network(GeneratorOptional generator) {
        int size = 0;
        for (int i = 1; i < WIDTHS.length; i++) {
            size += (WIDTHS[i - 1] + 1) * WIDTHS[i];
        }
        try (PointerScope scope = new PointerScope()) {
            weights = keep(torch.zeros(size));
            gradient = keep(torch.zeros(size));
            momentum = keep(torch.zeros(size));
            int offset = 0;
            for (int i = 1; i < WIDTHS.length; i++) {
                int in = WIDTHS[i - 1];
                int out = WIDTHS[i];
                Tensor weight = parameter(offset, out, in);
                Tensor bias = parameter(offset + out * in, out);
                weights.narrow(0, offset, (long) out * in).normal_(0, Math.sqrt(2.0 / in), generator);
                layers.add(new Layer(weight, bias));
                offset += out * (in + 1);
            }
        }
    }

    /** Returns a view of the weights that collects its gradient in the view of the gradients at the same place. */
    private Tensor parameter(int offset, long... shape) {
        long length = 1;
        for (long extent : shape) {
            length *= extent;
        }
        Tensor view = keep(weights.narrow(0, offset, length).view(shape).detach());
        view.requires_grad_(true);
        view.mutable_grad().put(gradient.narrow(0, offset, length).view(shape));
        return view;
    }

    private <P extends Pointer> P keep(P pointer) {
        kept.add(pointer);
        return pointer.retainReference();
    }

    /**
     * Makes one step of training. To be called inside a {@link PointerScope}.
     *
     * @param images one row for each
     * @param labels the digit of each
     * @param update how to step
     * @param generator what dropout draws from
     */
    void step(Tensor images, Tensor labels, Update update, GeneratorOptional generator) {
        gradient.zero_();
        Tensor hidden = dropped(images, update.inputDropout(), generator);
        for (int i = 0; i < layers.size() - 1; i++) {
            hidden = dropped(forward(layers.get(i), hidden).relu(), update.dropout(), generator);
        }
        Tensor output = forward(layers.get(layers.size() - 1), hidden);
        torch.cross_entropy_loss(output, labels).backward();
        gradient.add_(weights, new Scalar(update.weightDecay()));
        momentum.mul_(new Scalar(update.momentum())).add_(gradient);
        weights.sub_(momentum, new Scalar(update.learningRate()));
    }

    /** Returns the share of images, from 0 to 1, whose digit gets the largest output. */
    double accuracy(DigitsData.Part part) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor hidden = part.images();
            for (int i = 0; i < layers.size() - 1; i++) {
                hidden = forward(layers.get(i), hidden).relu();
            }
            Tensor answers = forward(layers.get(layers.size() - 1), hidden).argmax(new LongOptional(1), false);
            return answers.eq(part.labels()).sum().item_double() / part.size();
        }
    }

    private static Tensor forward(Layer layer, Tensor input) {
        return torch.addmm(layer.bias, input, layer.weight.t());
    }

    /** torch.dropout draws from a generator that all trainers share; this one does not. */
    private static Tensor dropped(Tensor units, double rate, GeneratorOptional generator) {
        if (rate == 0) {
            return units;
        }
        double kept = 1 - rate;
        Tensor mask = torch.empty_like(units).bernoulli_(kept, generator).div_(new Scalar(kept));
        return units.mul(mask);
    }

    /** Returns the flat tensor of the weights: this network's own, not a copy. */
    Tensor weights() {
        return weights;
    }

    /** Returns the flat tensor of the momenta: this network's own, not a copy. */
    Tensor momentum() {
        return momentum;
    }

    @Override
    public void close() {
        kept.forEach(Pointer::releaseReference);
        kept.clear();
    }
}
