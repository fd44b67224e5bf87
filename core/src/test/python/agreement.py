"""Writes what scikit-learn and scipy say of labels and scores of two raters, one JSON object a line.

Usage: agreement.py FILE   (needs scikit-learn and scipy; see requirements.txt)
"""

import json
import random
import sys

from scipy.stats import kendalltau, spearmanr
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix, f1_score
from sklearn.metrics import precision_recall_fscore_support

SCALE = ["1", "2", "3", "4", "5"]


def raters():
    draw = random.Random(11)
    for size in [4, 9, 30, 200]:
        for noise in [0.0, 0.2, 0.6, 1.0]:
            first = [draw.choice(SCALE) for _ in range(size)]
            second = [draw.choice(SCALE) if draw.random() < noise else label for label in first]
            if len(set(first)) > 1 and len(set(second)) > 1:
                yield first, second
    # Labels that are never given, and given ones that are never expected.
    yield ["1", "2", "2", "3", "3", "3"], ["1", "2", "4", "4", "3", "5"]
    yield ["1"] * 9 + ["2"], ["1"] * 8 + ["2", "1"]


def main(path):
    with open(path, "w", encoding="utf-8") as file:
        for first, second in raters():
            expected = sorted(set(first))
            precision, recall, f1, support = precision_recall_fscore_support(
                first, second, labels=expected, zero_division=0)
            scores = [[float(label) for label in labels] for labels in (first, second)]
            line = {
                "expected": first,
                "given": second,
                "accuracy": accuracy_score(first, second),
                "kappa": cohen_kappa_score(first, second),
                "weightedKappa": cohen_kappa_score(first, second, labels=SCALE, weights="quadratic"),
                "macroF1": f1_score(first, second, labels=expected, average="macro", zero_division=0),
                "weightedF1": f1_score(first, second, labels=expected, average="weighted", zero_division=0),
                "precision": list(precision),
                "recall": list(recall),
                "f1": list(f1),
                "support": [int(count) for count in support],
                "matrix": confusion_matrix(first, second, labels=SCALE).tolist(),
                "spearman": float(spearmanr(*scores).statistic),
                "kendall": float(kendalltau(*scores).statistic),
            }
            file.write(json.dumps(line, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
