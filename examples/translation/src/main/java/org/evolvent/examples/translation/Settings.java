package org.evolvent.examples.translation;

import org.evolvent.core.space.Hyperparameters;

/**
 * What a study tunes: what Jaderberg et al. (2017) tuned of the Transformer, and label smoothing.
 *
 * @param learningRate of Adam, above 0
 * @param attentionDropout the share of weights of the attention that are left out, in [0, 1)
 * @param layerDropout the share of units that are left out of what a layer adds, and of the embeddings, in [0, 1)
 * @param activationDropout the share of units that are left out inside of feed-forward layers, in [0, 1)
 * @param labelSmoothing the probability that goes to all pieces instead of the right one, in [0, 1)
 */
record Settings(
        double learningRate,
        double attentionDropout,
        double layerDropout,
        double activationDropout,
        double labelSmoothing) {
    static Settings of(Hyperparameters hyperparameters) {
        return new Settings(
                hyperparameters.real("learning_rate"),
                hyperparameters.real("attention_dropout"),
                hyperparameters.real("layer_dropout"),
                hyperparameters.real("activation_dropout"),
                hyperparameters.real("label_smoothing"));
    }
}
