package org.evolvent.examples.gan;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The mean and the covariance of features.
 *
 * @param mean features
 * @param covariance features x features
 */
record Gaussian(Tensor mean, Tensor covariance) {
    /** Fits one to features: samples x features, at least two samples. */
    static Gaussian of(Tensor features) {
        Tensor doubles = features.to(torch.ScalarType.Double);
        long count = doubles.size(1);
        return new Gaussian(doubles.mean(0), torch.cov(doubles.t()).view(count, count));
    }

    /**
     * Returns the Fréchet distance, squared, as it is used to compare images (Heusel et al. 2017, arXiv 1706.08500, equation 6): the squared
     * distance of the means plus the trace of A + B - 2 sqrt(A B). 0 for the same distribution; NaN if something is not finite.
     */
    double distanceTo(Gaussian other) {
        Tensor difference = mean.sub(other.mean);
        double distance = difference.dot(difference).item_double();
        double traces = covariance.trace().add(other.covariance.trace()).item_double();
        if (!Double.isFinite(distance) || !Double.isFinite(traces)) {
            return Double.NaN;
        }
        // The eigenvalues of A B are those of sqrt(A) B sqrt(A), which is symmetric.
        Tensor root = root(covariance);
        T_TensorTensor_T product =
                torch.linalg_eigh(root.matmul(other.covariance).matmul(root));
        return Math.max(0, distance + traces - 2 * roots(product.get0()).sum().item_double());
    }

    private static Tensor root(Tensor symmetric) {
        T_TensorTensor_T parts = torch.linalg_eigh(symmetric);
        Tensor vectors = parts.get1();
        return vectors.mul(roots(parts.get0())).matmul(vectors.t());
    }

    /** Rounding makes eigenvalues that are 0 negative. */
    private static Tensor roots(Tensor eigenvalues) {
        return eigenvalues.clamp_min(new Scalar(0)).sqrt();
    }
}
