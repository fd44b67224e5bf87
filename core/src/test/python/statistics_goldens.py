"""Prints the values that the tests of dev.finetune4j.evaluation and .decision expect.

Needs scipy and statsmodels (seen with 1.17.1 and 0.15.0):
    python3 statistics_goldens.py
"""
import math

import numpy as np
from scipy.stats import binomtest, bootstrap, norm, permutation_test
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

print("PairedPassesTest, exact test: won, lost, scipy, statsmodels")
for won, lost in [(1, 1), (5, 0), (10, 2), (58, 0), (25, 15), (121, 59)]:
    print(won, lost, binomtest(won, won + lost, 0.5).pvalue,
          mcnemar([[0, won], [lost, 0]], exact=True).pvalue)

print("IntervalTest: passed, samples, interval")
for passed, samples in [(0, 10), (10, 10), (7, 10), (58, 60), (1, 1000), (50, 100)]:
    print(passed, samples, proportion_confint(passed, samples, alpha=0.05, method="wilson"))
print("at 90 %", proportion_confint(7, 10, alpha=0.10, method="wilson"))

print("PairedPassesTest, interval (Agresti and Min 2005): pairs, won, lost, low, high")
z = norm.ppf(0.975)
for pairs, won, lost in [(60, 58, 0), (100, 10, 2), (20, 0, 0), (10, 5, 0), (60, 52, 0)]:
    total = pairs + 2
    centre = (won - lost) / total
    deviation = math.sqrt(won + lost + 1 - (won - lost) ** 2 / total) / total
    print(pairs, won, lost, max(-1, centre - z * deviation), min(1, centre + z * deviation))


def total(sample, axis):
    return np.sum(sample, axis=axis)


few = np.array([0.5, 0.25, -0.125, 0.75, 0.125, 0.375, -0.25, 0.625])
forty = np.array([((i * 37) % 21 - 8) / 20 for i in range(40)])
print("PairedScoresTest, all sign flips", permutation_test(
    (few,), total, permutation_type="samples", n_resamples=np.inf, vectorized=True).pvalue)
print("PairedScoresTest, drawn sign flips", permutation_test(
    (forty,), total, permutation_type="samples", n_resamples=200_000, vectorized=True,
    random_state=1).pvalue)
print("PairedScoresTest, bootstrap", bootstrap(
    (forty,), np.mean, method="percentile", n_resamples=100_000,
    random_state=1).confidence_interval)

print("SampleSizeTest and DeliberationTest (Connor 1987): effect, share that differs, pairs")
for effect, differing in [(0.1, 0.2), (0.05, 0.3), (0.2, 5 / 12)]:
    root = z * math.sqrt(differing) + norm.ppf(0.8) * math.sqrt(differing - effect * effect)
    print(effect, differing, (root / effect) ** 2)
