package org.evolvent.examples.translation;

import org.bytedeco.pytorch.Tensor;
import org.evolvent.examples.torch.RandomSource;

/**
 * What is left out, and by which draws.
 *
 * @param attentionRate of the weights of the attention, in [0, 1)
 * @param layerRate of what layers add, in [0, 1)
 * @param activationRate of the inner units of feed-forward layers, in [0, 1)
 * @param random what is drawn from; not at all by a rate of 0
 */
record Dropout(double attentionRate, double layerRate, double activationRate, RandomSource random) {
    /** Leaves nothing out, as is right for everything but training. */
    static Dropout none(RandomSource random) {
        return new Dropout(0, 0, 0, random);
    }

    Tensor attention(Tensor weights) {
        return random.dropout(weights, attentionRate);
    }

    Tensor layer(Tensor units) {
        return random.dropout(units, layerRate);
    }

    Tensor activation(Tensor units) {
        return random.dropout(units, activationRate);
    }
}
