"""Writes what scipy and statsmodels say of random numbers and of every table of up to 300 pairs.

Usage: random_cases.py FILE   (needs scipy and statsmodels; see requirements.txt)
"""

import json
import sys

import numpy as np
from scipy.stats import binom, permutation_test, wilcoxon
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from statistics_goldens import clustered_error, tango, total

RANDOM = np.random.default_rng(20261201)


def mcnemar_tables():
    """The exact p-value of McNemar's test, twice the smaller tail, for every table."""
    for decided in range(1, 301):
        lost = np.arange(decided + 1)
        values = np.minimum(1, 2 * binom.cdf(np.minimum(lost, decided - lost), decided, 0.5))
        yield {"decided": decided, "pValues": values.tolist()}


def exact_intervals():
    for _ in range(1000):
        samples = int(RANDOM.integers(1, 1000))
        passed = int(RANDOM.integers(0, samples + 1))
        level = float(RANDOM.choice([0.9, 0.95, 0.99, 0.9975]))
        low, high = proportion_confint(passed, samples, alpha=1 - level, method="beta")
        yield {"passed": passed, "samples": samples, "level": level, "low": low, "high": high}


def paired_intervals():
    for _ in range(300):
        pairs = int(RANDOM.integers(2, 500))
        won = int(RANDOM.integers(0, pairs + 1))
        lost = int(RANDOM.integers(0, pairs - won + 1))
        low, high = tango(won, lost, pairs, 0.95)
        yield {"pairs": pairs, "won": won, "lost": lost, "low": low, "high": high}


def permutations():
    for _ in range(40):
        values = RANDOM.integers(-8, 9, int(RANDOM.integers(2, 13))) / 8
        value = permutation_test((values,), total, permutation_type="samples", n_resamples=np.inf,
                                 vectorized=True).pvalue
        yield {"values": values.tolist(), "pValue": value}


def ranks():
    for _ in range(200):
        size = int(RANDOM.integers(60, 200))
        values = RANDOM.normal(0.1, 1, size).round(int(RANDOM.choice([1, 6])))
        value = wilcoxon(values, zero_method="wilcox", correction=False, method="asymptotic").pvalue
        yield {"values": values.tolist(), "pValue": value}


def holm():
    for _ in range(200):
        values = RANDOM.random(int(RANDOM.integers(1, 30))) ** 3
        yield {"values": values.tolist(), "adjusted": multipletests(values, method="holm")[1].tolist()}


def clusters():
    for _ in range(200):
        size = int(RANDOM.integers(10, 200))
        groups = RANDOM.integers(0, max(3, size // 4), size).tolist()
        values = RANDOM.random(size).round(6)
        yield {"values": values.tolist(), "groups": groups,
               "standardError": clustered_error(values.tolist(), groups)}


if __name__ == "__main__":
    cases = {name: list(make()) for name, make in
             [("mcnemar", mcnemar_tables), ("exact", exact_intervals), ("paired", paired_intervals),
              ("permutation", permutations), ("wilcoxon", ranks), ("holm", holm),
              ("clustered", clusters)]}
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump(cases, out)
