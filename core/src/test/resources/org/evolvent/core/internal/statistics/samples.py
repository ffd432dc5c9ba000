"""Prints samples.csv: what SciPy says about some samples. Needs numpy and scipy."""

import numpy as np
from scipy import stats

RESAMPLES = 100_000
random = np.random.default_rng(1)
print("a;b;iqm;iqm low;iqm high;mean low;mean high;improvement;improvement low;improvement high")


def iqm(x, axis):
    return stats.trim_mean(x, 0.25, axis=axis)


def interval(statistic, *data):
    found = stats.bootstrap(
        data, statistic, n_resamples=RESAMPLES, method="percentile", batch=1000, vectorized=True, rng=random
    ).confidence_interval
    return found.low, found.high


def improvement(x, y, axis):
    x, y = np.moveaxis(x, axis, -1), np.moveaxis(y, axis, -1)
    above = x[..., :, None] > y[..., None, :]
    equal = x[..., :, None] == y[..., None, :]
    return (above + 0.5 * equal).mean(axis=(-2, -1))


for a, b in [
    (random.normal(0, 1, 10), random.normal(0.5, 2, 10)),
    (random.normal(5, 1, 50), random.normal(5, 1, 30)),
    (np.round(random.exponential(3, 21)), np.round(random.exponential(2, 17))),
    (random.standard_t(3, 12), random.uniform(-1, 1, 7)),
    (np.round(random.lognormal(0, 1, 5), 1), np.round(random.lognormal(0, 1, 6), 1)),
]:
    u = stats.mannwhitneyu(a, b).statistic / len(a) / len(b)
    row = [iqm(a, 0), *interval(iqm, a), *interval(np.mean, a), u, *interval(improvement, a, b)]
    print(" ".join(map(str, a)), " ".join(map(str, b)), *row, sep=";")
