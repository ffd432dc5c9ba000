package org.evolvent.study.internal.guard;

import java.util.Random;

/**
 * A model of a model in training.
 *
 * @param gain how much better an interval makes it, of a member of quality 1
 * @param limit what its value approaches; infinite where it rises for ever
 * @param noise the standard deviation of an evaluation
 * @param noiseInShare more noise, as a share of the value: of an agent that gets far now and then
 * @param ruin how often a copy is ruined by its new hyperparameters
 * @param kept the share of its value that a restore brings back, 1 of honest ones; negative where it brings back nothing, and the
 *     program goes on with the model that it had
 */
record Toy(double gain, double limit, double noise, double noiseInShare, double ruin, double kept) {
    double trained(double value, double quality, Random random) {
        double step = Double.isInfinite(limit) ? gain * quality : gain * quality * (1 - value / limit);
        return value + step * (0.9 + 0.2 * random.nextDouble());
    }

    double restored(double value, double held) {
        return kept < 0 ? held : kept * value;
    }

    double evaluated(double value, Random random) {
        return value + noise * random.nextGaussian() + noiseInShare * Math.abs(value) * random.nextGaussian();
    }
}
