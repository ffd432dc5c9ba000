"""Writes the cases that GaussianProcessReferenceTest reads: what scikit-learn's GaussianProcessRegressor says.

    pip install numpy scikit-learn
    python3 gaussian_process_cases.py > ../resources/org/evolvent/core/internal/bandit/gaussian-process-cases.txt

A case is: the line "case NAME", the line "kernel CATEGORIES LENGTH FORGETTING MIX CATEGORY_FORGETTING NOISE SIGNAL",
a line "observe VALUE COORDINATE..." for each observation, a line "expect MEAN VARIANCE COORDINATE..." for each
question, and the line "likelihood LOG_DENSITY". Noise is in units of the signal's variance.
"""

import numpy as np
import sklearn
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Kernel


class TimeVarying(Kernel):
    """PB2's and PB2-Mix's covariance, written down again in NumPy."""

    def __init__(self, categories, length, forgetting, mix, category_forgetting):
        self.categories = categories
        self.length = length
        self.forgetting = forgetting
        self.mix = mix
        self.category_forgetting = category_forgetting

    def __call__(self, a, b=None, eval_gradient=False):
        b = a if b is None else b
        end = a.shape[1] - self.categories
        apart = np.abs(a[:, None, 0] - b[None, :, 0])
        squares = ((a[:, None, 1:end] - b[None, :, 1:end]) ** 2).sum(-1)
        similar = np.exp(-squares / self.length) * (1 - self.forgetting) ** (apart / 2)
        if self.categories == 0:
            return similar
        overlap = (a[:, None, end:] == b[None, :, end:]).mean(-1) * (1 - self.category_forgetting) ** (apart / 2)
        return (1 - self.mix) / 2 * (similar + overlap) + self.mix * similar * overlap

    def diag(self, a):
        return np.ones(len(a))

    def is_stationary(self):
        return False


def numbers(values):
    return " ".join(repr(float(v)) for v in values)


def case(
    name,
    observations,
    dimensions,
    categories,
    length,
    forgetting,
    mix,
    category_forgetting,
    noise,
    signal,
    random,
    values=None,
    duplicates=0,
):
    def points(count):
        drawn = random.uniform(size=(count, 2 + dimensions)).round(3)
        return np.hstack([drawn, random.integers(0, 3, size=(count, categories)) / 2])

    x = points(observations)
    x[observations - duplicates :] = x[:duplicates]
    y = random.normal(size=observations).round(3) if values is None else np.full(observations, values)
    q = np.vstack([points(4), x[:1]])
    plain = categories == 0 and forgetting == 0
    # RBF is exp(-d^2 / (2 l^2)), and time is its first coordinate, which a plain kernel does not see.
    kernel = (
        RBF(np.sqrt(length / 2)) if plain else TimeVarying(categories, length, forgetting, mix, category_forgetting)
    )
    seen = slice(1, None) if plain else slice(None)
    process = GaussianProcessRegressor(
        ConstantKernel(signal, "fixed") * kernel, alpha=noise * signal, optimizer=None
    ).fit(x[:, seen], y)
    mean, sd = process.predict(q[:, seen], return_std=True)
    print("case", name)
    print("kernel", categories, numbers([length, forgetting, mix, category_forgetting, noise, signal]))
    for row, value in zip(x, y):
        print("observe", numbers([value, *row]))
    for row, m, s in zip(q, mean, sd):
        print("expect", numbers([m, s * s, *row]))
    print("likelihood", numbers([process.log_marginal_likelihood_value_]))


def main():
    random = np.random.default_rng(2026)
    print(f"# scikit-learn {sklearn.__version__}, NumPy {np.__version__}")
    case("one observation", 1, 1, 0, 0.5, 0, 0, 0, 0.1, 1, random)
    case("two observations", 2, 2, 0, 0.5, 0, 0, 0, 0.1, 2, random)
    case("a few", 7, 3, 0, 0.3, 0, 0, 0, 0.01, 1.5, random)
    case("little noise", 20, 2, 0, 0.05, 0, 0, 0, 1e-6, 1, random)
    case("duplicates", 12, 2, 0, 0.5, 0, 0, 0, 0.01, 1, random, duplicates=6)
    case("constant values", 10, 2, 0, 0.5, 0, 0, 0, 0.1, 1, random, values=3)
    case("forgetting", 30, 3, 0, 0.5, 0.3, 0, 0, 0.1, 1, random)
    case("the most forgetting", 30, 1, 0, 1, 0.5, 0, 0, 0.5, 4, random)
    case("one category", 30, 2, 1, 0.5, 0.1, 0.5, 0.2, 0.1, 1, random)
    case("three categories", 60, 3, 3, 0.8, 0.2, 0.7, 0, 0.05, 2, random)
    case("categories only", 20, 0, 2, 1, 0, 0, 0.3, 0.1, 1, random)
    case("many", 120, 4, 0, 0.4, 0.1, 0, 0, 0.05, 1, random)


if __name__ == "__main__":
    main()
