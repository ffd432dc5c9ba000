package org.evolvent.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.RandomSource;
import org.junit.jupiter.api.Test;

class ScoresTest {
    private static double inceptionScore(int classes, double... probabilities) {
        try (PointerScope scope = new PointerScope()) {
            return Scores.inceptionScore(Tensor.create(probabilities, probabilities.length / classes, classes));
        }
    }

    @Test
    void theInceptionScoreLiesBetweenOneAndTheNumberOfClasses() {
        assertThat(inceptionScore(2, 0.3, 0.7, 0.3, 0.7)).isEqualTo(1, within(1e-12));
        assertThat(inceptionScore(2, 1, 0, 1, 0)).isEqualTo(1, within(1e-12));
        assertThat(inceptionScore(3, 1, 0, 0, 0, 1, 0, 0, 0, 1)).isEqualTo(3, within(1e-12));
        assertThat(inceptionScore(2, 0.9, 0.1, 0.1, 0.9))
                .isEqualTo(Math.exp(0.9 * Math.log(1.8) + 0.1 * Math.log(0.2)), within(1e-12));
        assertThat(inceptionScore(2, Double.NaN, 0.5, 0.5, 0.5)).isNaN();
    }

    @Test
    void theInceptionScoreIsItsDefinition() {
        Random random = new Random(1);
        int images = 50;
        int classes = 7;
        double[] probabilities = new double[images * classes];
        double[] mean = new double[classes];
        for (int i = 0; i < images; i++) {
            double sum = 0;
            for (int j = 0; j < classes; j++) {
                probabilities[i * classes + j] = Math.pow(random.nextDouble(), 5);
                sum += probabilities[i * classes + j];
            }
            for (int j = 0; j < classes; j++) {
                probabilities[i * classes + j] /= sum;
                mean[j] += probabilities[i * classes + j] / images;
            }
        }
        double divergence = 0;
        for (int i = 0; i < probabilities.length; i++) {
            divergence += probabilities[i] * Math.log(probabilities[i] / mean[i % classes]) / images;
        }
        assertThat(inceptionScore(classes, probabilities)).isEqualTo(Math.exp(divergence), within(1e-12));
    }

    @Test
    void eachSplitHasAScore() {
        try (PointerScope scope = new PointerScope()) {
            Tensor sure = torch.eye(2).repeat(Scores.SPLIT / 2, 1);
            Tensor same = torch.full(new long[] {Scores.SPLIT, 2}, new Scalar(0.5));
            Tensor features = normal(2 * Scores.SPLIT, 3);
            Judge.Opinion opinion = new Judge.Opinion(torch.cat(new TensorVector(sure, same), 0), features);
            Scores scores = Scores.of(opinion, Gaussian.of(features));
            assertThat(scores.inception()).hasSize(2);
            assertThat(scores.inception().get(0)).isEqualTo(2, within(1e-12));
            assertThat(scores.inception().get(1)).isEqualTo(1, within(1e-12));
            assertThat(scores.score()).isEqualTo(1.5, within(1e-12));
            assertThat(scores.distance()).isEqualTo(0, within(1e-9));
        }
    }

    @Test
    void theDistanceInOneDimensionIsThatOfMeansAndDeviations() {
        try (PointerScope scope = new PointerScope()) {
            Gaussian one = Gaussian.of(column(1, 3)); // mean 2, variance 2
            Gaussian other = Gaussian.of(column(4, 10)); // mean 7, variance 18
            double expected = 25 + Math.pow(Math.sqrt(18) - Math.sqrt(2), 2);
            assertThat(one.distanceTo(other)).isEqualTo(expected, within(1e-9));
            assertThat(other.distanceTo(one)).isEqualTo(expected, within(1e-9));
            assertThat(one.distanceTo(Gaussian.of(column(1, Double.NaN)))).isNaN();
        }
    }

    /** What numpy and scipy.linalg.sqrtm give for the same numbers. */
    @Test
    void theDistanceInFiveDimensionsIsThatOfScipy() {
        double[] one = new double[200];
        double[] other = new double[200];
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 5; j++) {
                one[5 * i + j] = Math.sin(i * (j + 1) * 0.7 + j);
                other[5 * i + j] = Math.cos(i * (j + 2) * 0.3) * (1 + 0.2 * j) + 0.1 * j;
            }
        }
        try (PointerScope scope = new PointerScope()) {
            double distance =
                    Gaussian.of(Tensor.create(one, 40, 5)).distanceTo(Gaussian.of(Tensor.create(other, 40, 5)));
            assertThat(distance).isEqualTo(1.087623980684432, within(1e-9));
        }
    }

    private static Tensor column(double... values) {
        return Tensor.create(values, values.length, 1);
    }

    private static Tensor normal(int rows, int columns) {
        try (RandomSource random = new RandomSource(1)) {
            return torch.empty(rows, columns).normal_(0, 1, random.generator());
        }
    }
}
