"""Writes what scipy and statsmodels say of small sets of numbers, as one JSON object.

Usage: statistics_goldens.py FILE   (needs scipy and statsmodels; see requirements.txt)
"""

import json
import math
import sys

import numpy as np
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.stats import (PermutationMethod, binom, binomtest, bootstrap, norm, permutation_test, t,
                         wilcoxon)
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower, normal_power_het, normal_sample_size_one_tail
from statsmodels.stats.proportion import proportion_confint

FEW = [0.5, 0.25, -0.125, 0.75, 0.125, 0.375, -0.25, 0.625]
WITHOUT_TIES = [round(0.013 * (i * 37 % 31) + 0.001 * i - 0.12, 6) for i in range(31)]
FORTY = [((i * 37) % 21 - 8) / 20 for i in range(40)]
SKEWED = [round(((i * 29 % 60) / 60) ** 4, 9) for i in range(60)]
GROUPS = [i * i % 11 for i in range(40)]
PASSES = [1 if (i * 7 + i // 8) % 5 < 3 else 0 for i in range(40)]
ROUNDS = [i // 4 for i in range(40)]
STEPS = [PASSES[i] - (1 if i % 3 == 0 else 0) for i in range(40)]


def wilson():
    cases = [(0, 10), (10, 10), (7, 10), (58, 60), (1, 1000), (50, 100)]
    for level in (0.95, 0.9):
        for passed, samples in cases:
            low, high = proportion_confint(passed, samples, alpha=1 - level, method="wilson")
            yield {"passed": passed, "samples": samples, "level": level, "low": low, "high": high}


def mcnemar_exact():
    for won, lost in [(0, 0), (1, 1), (5, 0), (10, 2), (58, 0), (25, 15), (121, 59)]:
        value = mcnemar([[0, won], [lost, 0]], exact=True).pvalue if won + lost else 1.0
        assert not won + lost or math.isclose(value, binomtest(won, won + lost, 0.5).pvalue)
        yield {"won": won, "lost": lost, "pValue": value}


def tango(won, lost, pairs, level):
    """The score interval of Tango (1998), with a correction for continuity of half a pair."""
    def excess(won, lost, difference):
        linear = (2 * pairs - won + lost) * difference - won - lost
        root = math.sqrt(max(0, linear ** 2 + 8 * pairs * lost * difference * (1 - difference)))
        losing = max(0, (root - linear) / (4 * pairs))
        variance = pairs * (2 * losing + difference * (1 - difference))
        return won - lost - pairs * difference - 0.5 - norm.ppf(0.5 + level / 2) * math.sqrt(max(0, variance))

    def lowest(won, lost):
        low, high = -1.0, (won - lost) / pairs
        if excess(won, lost, low) <= 0:
            return low
        return brentq(lambda difference: excess(won, lost, difference), low, high, xtol=1e-13)

    return lowest(won, lost), -lowest(lost, won)


def paired_intervals():
    for pairs, won, lost in [(60, 58, 0), (100, 10, 2), (20, 0, 0), (10, 5, 0), (60, 52, 0)]:
        low, high = tango(won, lost, pairs, 0.95)
        yield {"pairs": pairs, "won": won, "lost": lost, "low": low, "high": high}


def clustered_error(values, groups):
    model = sm.OLS(values, np.ones(len(values)))
    return model.fit(cov_type="cluster", cov_kwds={"groups": np.array(groups)}).bse[0]


def effective_size(values, groups, level):
    """The size divided by the design effect, and by what few groups cost (Korn, Graubard 1998)."""
    n, g = len(values), len(set(groups))
    simple = np.std(values, ddof=1) / math.sqrt(n)
    effect = max(1, (clustered_error(values, groups) / simple) ** 2)
    few = t.ppf(0.5 + level / 2, n - 1) / t.ppf(0.5 + level / 2, g - 1)
    return n / effect * few ** 2


def clustered():
    for values, groups in [(FORTY, GROUPS), (PASSES, ROUNDS), (STEPS, ROUNDS), (FORTY, range(40))]:
        groups = list(groups)
        size = effective_size(values, groups, 0.95)
        case = {"values": values, "groups": groups, "standardError": clustered_error(values, groups),
                "effectiveSize": size}
        if set(values) <= {0, 1}:
            share = np.mean(values)
            case["wilson"] = proportion_confint(share * size, size, method="wilson")
        if set(values) <= {-1, 0, 1}:
            scale = size / len(values)
            case["paired"] = tango(values.count(1) * scale, values.count(-1) * scale, size, 0.95)
        yield case


def total(sample, axis):
    return np.sum(sample, axis=axis)


def totals(values, groups):
    keys = list(dict.fromkeys(groups))
    return (np.array([sum(v for v, g in zip(values, groups) if g == key) for key in keys]),
            np.array([sum(g == key for g in groups) for key in keys]))


def flips(values, resamples):
    return permutation_test((np.array(values),), total, permutation_type="samples",
                            n_resamples=resamples, vectorized=True, random_state=1).pvalue


def permutation():
    yield {"values": FEW, "groups": list(range(8)), "pValue": flips(FEW, np.inf), "exact": True}
    yield {"values": FORTY, "groups": GROUPS, "exact": True,
           "pValue": flips(totals(FORTY, GROUPS)[0], np.inf)}
    yield {"values": STEPS, "groups": ROUNDS, "exact": True,
           "pValue": flips(totals(STEPS, ROUNDS)[0], np.inf)}
    yield {"values": FORTY, "groups": list(range(40)), "exact": False,
           "pValue": flips(FORTY, 200_000)}


def signed_ranks():
    for values in [FEW, WITHOUT_TIES[:12], WITHOUT_TIES, FORTY, STEPS,
                   [0.1, -0.1, 0.2, 0, 0.2, 0.3, 0.3, -0.2, 0.4, 0.5, 0]]:
        sizes = [abs(value) for value in values if value]
        ties = len(set(sizes)) < len(sizes)
        nonzero = np.array([value for value in values if value])
        if ties and len(sizes) <= 20:
            method = PermutationMethod(n_resamples=np.inf)
        else:
            method = "approx" if ties or len(sizes) > 50 else "exact"
        yield {"values": values,
               "pValue": wilcoxon(nonzero, method=method, correction=False).pvalue}


def ratio(sums, counts, axis):
    return np.sum(sums, axis=axis) / np.sum(counts, axis=axis)


def bootstraps():
    for values, groups in [(FORTY, range(40)), (SKEWED, range(60)), (FORTY, GROUPS)]:
        groups = list(groups)
        case = {"values": values, "groups": groups, "standardError": clustered_error(values, groups)}
        for name, method in [("percentile", "percentile"), ("biasCorrected", "BCa")]:
            interval = bootstrap(totals(values, groups), ratio, paired=True, method=method,
                                 vectorized=True, n_resamples=50_000, batch=10_000,
                                 random_state=1).confidence_interval
            case[name] = [interval.low, interval.high]
        yield case


def holm():
    for values in [[0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.5, 0.02], [0.0005, 1, 0.049, 0.0125, 0.3]]:
        yield {"pValues": values, "adjusted": list(multipletests(values, method="holm")[1])}


def exact_power(pairs, gain, differing, level):
    """The power of McNemar's exact test, over how many pairs happen to differ."""
    power = 0
    for count in range(1, pairs + 1):
        lost = np.arange(count + 1)
        rejected = lost[binom.cdf(lost, count, 0.5) <= level / 2]
        if len(rejected):
            power += (binom.pmf(count, pairs, differing)
                      * binom.cdf(rejected[-1], count, (1 - gain / differing) / 2))
    return power


def mcnemar_power():
    for pairs, gain, differing, level in [(50, 0.2, 0.3, 0.05), (200, 0.1, 0.2, 0.05),
                                          (400, 0.05, 0.3, 0.01), (12, 0.9, 0.9, 0.05)]:
        yield {"pairs": pairs, "gain": gain, "differing": differing, "level": level,
               "power": exact_power(pairs, gain, differing, level)}


def sizes():
    for gain, deviation, level in [(0.1, 0.3, 0.05), (0.02, 0.25, 0.05), (0.05, 0.4, 0.0125)]:
        around_zero = math.sqrt(deviation ** 2 + gain ** 2)
        yield {"gain": gain, "standardDeviation": deviation, "level": level,
               "needed": normal_sample_size_one_tail(gain, 0.8, level / 2, around_zero, deviation),
               "powerOf100": normal_power_het(gain, 100, level / 2, around_zero, deviation, "larger"),
               "neededByTTest": TTestPower().solve_power(gain / deviation, alpha=level, power=0.8)}
    for gain, differing, level in [(0.01, 0.2, 0.05), (0.005, 0.1, 0.01)]:
        yield {"gain": gain, "differing": differing, "level": level,
               "needed": normal_sample_size_one_tail(gain, 0.8, level / 2, math.sqrt(differing),
                                                     math.sqrt(differing - gain ** 2))}


def main(path):
    goldens = {"wilson": wilson, "mcnemar": mcnemar_exact, "pairedIntervals": paired_intervals,
               "clustered": clustered, "permutation": permutation, "wilcoxon": signed_ranks,
               "bootstrap": bootstraps, "holm": holm, "mcnemarPower": mcnemar_power, "sizes": sizes}
    with open(path, "w", encoding="utf-8") as file:
        file.write("{\n")
        for number, (name, cases) in enumerate(goldens.items()):
            lines = [json.dumps(case, default=float) for case in cases()]
            file.write(f'"{name}": [\n' + ",\n".join(lines) + "\n]")
            file.write(",\n" if number + 1 < len(goldens) else "\n")
        file.write("}\n")


if __name__ == "__main__":
    main(sys.argv[1])
