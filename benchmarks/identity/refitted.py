"""Scores by weights fitted without the pair: Fairlead's weights are learned from some of the data measured here."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence

import numpy as np

from benchmarks.identity.data import Row
from benchmarks.identity.scores import Bools, Floats, folds
from fairlead.model.vocabulary import PairKind
from fairlead.read.pairs import read_kind


def refitted_scores(pairs: Sequence[Row], same: Bools) -> Floats | None:
    """Return the score of every pair by weights that were fitted without it and without any pair that shares a name.

    The weights come from all sets that the shipped ones come from. The pairs given are scored in the same folds but
    count nothing themselves. None where the calibration is not there.
    """
    if importlib.util.find_spec("builders.calibration") is None:
        return None
    calibration, sets = (importlib.import_module(f"builders.calibration{part}") for part in ("", "_pairs"))
    own = [
        sets.LabelledPair(
            row["left"], row["right"], read_kind(row["kind"]) or PairKind.UNKNOWN, same=bool(true), weight=0.0
        )
        for row, true in zip(pairs, same, strict=True)
    ]
    learned_from = [pair for found in sets.all_sets().values() for pair in found]
    scores = calibration.cross_validated(calibration.measure([*own, *learned_from]))
    return np.asarray(scores[: len(own)])


def called_out_of_fold(scores: Floats, true: Bools, strong: Bools, person: Bools, number: int) -> Bools:
    """Return which pairs are called the same by thresholds that were chosen on the other folds as calibration does.

    There is one threshold for persons and one for others; `strong` marks the pairs that must be judged rightly.
    """
    calibration = importlib.import_module("builders.calibration")
    said = np.zeros(len(true), np.bool_)
    for kind in (person, ~person):
        for part in folds(int(kind.sum()), number):
            own = np.flatnonzero(kind)[part]
            others = np.setdiff1d(np.flatnonzero(kind), own)
            said[own] = scores[own] >= calibration.best_threshold(scores[others], true[others], strong[others])
    return said
