package org.evolvent.examples.arcade;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Adam;
import org.evolvent.examples.torch.Parameters;
import org.evolvent.examples.torch.RandomSource;

/** Proximal Policy Optimization (Schulman et al. 2017, arXiv 1707.06347) with clipped ratios. */
final class Learner {
    private static final int EPOCHS = 3;
    private static final int MINIBATCH = 512;
    private static final double VALUE_WEIGHT = 0.5;
    private static final double LARGEST_GRADIENT = 0.5;

    private final Network network;
    private final Adam adam;
    private final RandomSource random;

    Learner(Network network, Adam adam, RandomSource random) {
        this.network = network;
        this.adam = adam;
        this.random = random;
    }

    /** Learns from a rollout. */
    void learn(Rollout rollout, Settings settings) {
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            try (PointerScope scope = new PointerScope()) {
                TensorOptions longs = new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Long));
                Tensor order = torch.randperm(rollout.size(), random.generator(), longs);
                for (long first = 0; first < rollout.size(); first += MINIBATCH) {
                    learn(rollout, order.narrow(0, first, Math.min(MINIBATCH, rollout.size() - first)), settings);
                }
            }
        }
    }

    private void learn(Rollout rollout, Tensor batch, Settings settings) {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = network.parameters();
            parameters.zeroGradients();
            loss(rollout, batch, settings).backward();
            parameters.clipGradients(LARGEST_GRADIENT);
            adam.step(new Adam.Settings(settings.learningRate(), 0.9, 0.999, 1e-5, 0));
        }
    }

    private Tensor loss(Rollout rollout, Tensor batch, Settings settings) {
        Network.Output output = network.look(rollout.views().index_select(0, batch));
        Tensor actions = rollout.actions().index_select(0, batch).unsqueeze(1);
        Tensor before = rollout.before().index_select(0, batch);
        Tensor ratio =
                output.logarithms().gather(1, actions).squeeze(1).sub(before).exp();
        Tensor gain = rollout.advantages().index_select(0, batch);
        gain = gain.sub(gain.mean()).div(gain.std().add(new Scalar(1e-8)));
        Tensor clipped = ratio.clamp(
                new ScalarOptional(new Scalar(1 - settings.clip())),
                new ScalarOptional(new Scalar(1 + settings.clip())));
        Tensor surrogate = torch.min(ratio.mul(gain), clipped.mul(gain)).mean();
        // Minus the entropy.
        Tensor certainty =
                output.logarithms().exp().mul(output.logarithms()).sum(1).mean();
        Tensor error = torch.mse_loss(output.values(), rollout.returns().index_select(0, batch));
        return error.mul(new Scalar(VALUE_WEIGHT)).sub(surrogate).add(certainty.mul(new Scalar(settings.entropy())));
    }
}
