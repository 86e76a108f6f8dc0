"""Computes the figures of one model in one test, with intervals from countries drawn anew."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.backtest.measures import (
    Duels,
    auc,
    average_precision,
    calibration_error,
    corrected_for_unseen,
    duels,
    log_loss,
    recall_at,
    reliability,
)
from fairlead.risk.backtest.result import FIGURES, Figures

#: How often the countries are drawn anew, and the ends of the interval (95%).
SAMPLES: Final = 1000
_ENDS: Final = (2.5, 97.5)
_TOP: Final = 0.1

#: The figures of a model that gives a probability, and not an order only.
NEED_PROBABILITY: Final = ("log_loss", "ece", "coverage_90")

#: Shares of the true cases that the list may hold, for the range of the AUC against the truth.
UNSEEN: Final = {"auc_if_half_is_listed": 0.5, "auc_if_a_tenth_is_listed": 0.1}


@dataclass(frozen=True)
class PairsTested:
    """The pairs of one test: which are hits, their countries by number, and their size in nats for matching.

    `samples` says how often the countries are drawn anew for the intervals.
    """

    hits: Bools
    country: Ints
    size: Floats
    seed: int
    samples: int = SAMPLES

    @cached_property
    def weights(self) -> Floats:
        """How often each country is drawn in each sample (samples x countries), as many draws as countries."""
        countries = np.unique(self.country)
        weights = np.zeros((self.samples, int(self.country.max(initial=-1)) + 1))
        even = np.full(len(countries), 1 / len(countries))
        weights[:, countries] = np.random.default_rng(self.seed).multinomial(len(countries), even, self.samples)
        return weights


@dataclass(frozen=True)
class Scores:
    """What one model says of the pairs tested: a rank (more is riskier), and where it has one a probability.

    `coverage` is nan where no interval was computed; `reasons` says of a figure why it is missing.
    """

    rank: Floats
    probability: Floats | None
    coverage: float
    reasons: Mapping[str, str] = field(default_factory=dict)


def figures(tested: PairsTested, scores: Scores) -> Figures:
    """Return the figures of one model: each a number, or nan with the reason why there is none."""
    hits, positives = tested.hits, int(np.count_nonzero(tested.hits))
    raw = duels(scores.rank, hits, tested.country)
    matched = duels(scores.rank, hits, tested.country, tested.size)
    area = auc(scores.rank, hits)
    bins = () if scores.probability is None else reliability(scores.probability, hits)
    values: dict[str, float] = {
        "auc": area,
        "auc_matched": float(matched.auc()[0]),
        "average_precision": average_precision(scores.rank, hits),
        "recall_at_10": recall_at(scores.rank, hits, _TOP),
        "log_loss": np.nan if scores.probability is None else log_loss(scores.probability, hits),
        "ece": calibration_error(bins),
        "coverage_90": scores.coverage,
        "n": len(hits),
        "positives": positives,
    }
    values |= dict(zip(("auc_low", "auc_high"), _interval(raw, tested.weights), strict=True))
    values |= dict(zip(("auc_matched_low", "auc_matched_high"), _interval(matched, tested.weights), strict=True))
    values |= {name: corrected_for_unseen(area, positives, len(hits), seen) for name, seen in UNSEEN.items()}
    missing = (name for name in FIGURES if math.isnan(values[name]))
    reasons = {name: scores.reasons.get(name) or _why_missing(name, hits) for name in missing}
    return Figures(values, reasons, bins)


def _why_missing(name: str, hits: Bools) -> str:
    if name in NEED_PROBABILITY:
        return "the model gives no probability"
    if not hits.any():
        return "no pair is a hit"
    if hits.all():
        return "every pair is a hit"
    if name in UNSEEN:
        return "so few of the true cases cannot be on the list: the correction would pass 1"
    return "no hit has another pair of its size"


def _interval(fought: Duels, weights: Floats) -> tuple[float, float]:
    """Return the ends of the interval over the samples in which a duel was fought."""
    areas = fought.auc(weights)
    areas = areas[~np.isnan(areas)]
    if len(areas) == 0:
        return float("nan"), float("nan")
    low, high = np.percentile(areas, _ENDS)
    return float(low), float(high)
