package org.evolvent.examples.gan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How good images are, by what a judge sees in them.
 *
 * @param inception the Inception score of each split
 * @param distance the Fréchet distance between all of the images' features and those of real images
 */
record Scores(List<Double> inception, double distance) {
    /** How many images a split has. */
    static final int SPLIT = 1000;

    Scores {
        inception = List.copyOf(inception);
    }

    /** Scores images, whose number is a multiple of {@link #SPLIT}, against real ones. */
    static Scores of(Judge.Opinion opinion, Gaussian real) {
        List<Double> inception = new ArrayList<>();
        for (long first = 0; first < opinion.probabilities().size(0); first += SPLIT) {
            inception.add(inceptionScore(opinion.probabilities().narrow(0, first, SPLIT)));
        }
        return new Scores(inception, Gaussian.of(opinion.features()).distanceTo(real));
    }

    /**
     * Returns the Inception score (Salimans et al. 2016, arXiv 1606.03498): exp of the mean Kullback-Leibler divergence, in nats, of an image's
     * classes from those of all images. From 1, where the judge sees the same in all images, to the number of classes, where it is sure of each
     * image and sees all classes equally often; NaN if a probability is.
     *
     * @param probabilities images x classes
     */
    static double inceptionScore(Tensor probabilities) {
        Tensor each = probabilities.to(torch.ScalarType.Double);
        Tensor all = each.mean(0);
        // 0 log 0 is 0.
        Tensor divergence = torch.xlogy(each, each).sub(torch.xlogy(each, all)).sum(1);
        return divergence.mean().exp().item_double();
    }

    /** Returns the mean of the splits' scores. */
    double score() {
        return inception.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
