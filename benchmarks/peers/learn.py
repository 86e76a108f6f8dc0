"""Learn which pairs of facilities are the same, out of fold: learn.py TASK.json RESULT.json.

A logistic regression over rapidfuzz's measures of name and of address, and the overlap of the numbers in the addresses.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from names import normal
from normality import latinize_text
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def main(task: Path, result: Path) -> None:
    """Read {"pairs", "true", "folds": by shuffle}; write what is said of every pair, by shuffle."""
    asked = json.loads(task.read_text(encoding="utf-8"))
    measures, true = np.array([measured(pair) for pair in asked["pairs"]]), np.array(asked["true"])
    said = []
    for folds in asked["folds"]:
        own = np.zeros(len(true), bool)
        for part in folds:
            others = np.setdiff1d(np.arange(len(true)), part)
            model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
            own[part] = model.fit(measures[others], true[others]).predict(measures[part])
        said.append(own.tolist())
    result.write_text(json.dumps({"said": said}), encoding="utf-8")


def measured(pair: Mapping[str, str]) -> list[float]:
    """Return the measures of a pair."""
    names = normal(pair["left"], pair["kind"]), normal(pair["right"], pair["kind"])
    addresses = tuple((latinize_text(pair[f"address_{side}"]) or "").lower() for side in ("left", "right"))
    rules = (fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.ratio)
    found = [rule(*two) / 100 for two in (names, addresses) for rule in rules]
    found += [JaroWinkler.similarity(*two) for two in (names, addresses)]
    numbers = [set(re.findall(r"\d+", address)) for address in addresses]
    return [*found, len(numbers[0] & numbers[1]) / max(1, len(numbers[0] | numbers[1]))]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
