"""What the backtest finds: for each test the figures of the rating, of the joined model and of the baselines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from fairlead.risk.backtest.column import Column
from fairlead.risk.backtest.measures import Bin

#: Digits after the point in results; more would say nothing and could differ from machine to machine.
DIGITS: Final = 6

#: Which figures every model has, in the order in which they are shown.
FIGURES: Final = (
    "auc",
    "auc_low",
    "auc_high",
    "auc_matched",
    "auc_matched_low",
    "auc_matched_high",
    "average_precision",
    "recall_at_10",
    "log_loss",
    "ece",
    "coverage_90",
    "auc_if_half_is_listed",
    "auc_if_a_tenth_is_listed",
    "n",
    "positives",
)


@dataclass(frozen=True)
class Figures:
    """The figures of one model in one test, by the names of FIGURES; nan where one cannot be computed.

    `reasons` says why not. `bins` are the groups of the reliability plot.
    """

    values: Mapping[str, float]
    reasons: Mapping[str, str] = field(default_factory=dict)
    bins: tuple[Bin, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the figures as JSON has them: rounded, and null for what cannot be computed, with the reason."""
        return {name: plain(self.values[name]) for name in FIGURES} | {"reasons": dict(self.reasons)}


@dataclass(frozen=True)
class TestResult:
    """One test: what it asks, and the figures of all models on the same pairs.

    `variants` are figures of the rating made otherwise; `further` is laid into the JSON as it is.
    """

    __test__ = False  # no test of pytest's

    name: str
    title: str
    question: str
    trained_on: str
    hits: str
    rating: Figures
    joined: Figures
    baselines: Mapping[str, Figures]
    variants: Mapping[str, Figures] = field(default_factory=dict)
    further: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the test as JSON has it.

        At the top stand the figures of the joined model, with one exception: `auc_matched` and its interval are
        those of the rating alone, its honest figure. Both models stand there in full besides.
        """
        matched = ("auc_matched", "auc_matched_low", "auc_matched_high")
        rating, joined = self.rating.to_json(), self.joined.to_json()
        return {
            **joined,
            **{name: rating[name] for name in matched},
            "title": self.title,
            "question": self.question,
            "trained_on": self.trained_on,
            "hits": self.hits,
            "rating": rating,
            "joined": joined,
            "reliability": [
                {
                    "rows": each.rows,
                    "hits": each.hits,
                    "expected": plain(each.expected),
                    "observed": plain(each.observed),
                }
                for each in self.joined.bins
            ],
            "baselines": {name: figures.to_json() for name, figures in self.baselines.items()},
            "variants_of_the_rating": {name: figures.to_json() for name, figures in self.variants.items()},
            **self.further,
        }


@dataclass(frozen=True)
class Backtest:
    """Everything that the backtest finds, and what it was made of."""

    tests: tuple[TestResult, ...]
    columns: tuple[Column, ...]
    baselines: tuple[Column, ...]
    universe: Mapping[str, Any]
    as_of: date
    seed: int
    model_version: str
    editions: Mapping[str, str]

    def test(self, name: str) -> TestResult:
        """Return the test of a name."""
        return next(test for test in self.tests if test.name == name)

    def to_json(self) -> dict[str, Any]:
        """Return the whole as JSON has it: one object for each test, under its name, and what it was made of."""
        return {
            **{test.name: test.to_json() for test in self.tests},
            "about": {
                "shown_to_people_as_risk": "rating",
                "figures_at_the_top_of_a_test": "the joined model; auc_matched is the rating's own",
                "as_of": self.as_of.isoformat(),
                "seed": self.seed,
                "model_version": self.model_version,
                "universe": dict(self.universe),
                "reference_editions": dict(self.editions),
                "columns_of_the_joined_model": [column.to_json(self.as_of) for column in self.columns],
                "baselines": [column.to_json(self.as_of) for column in self.baselines],
            },
        }


def plain(value: float) -> float | int | None:
    """Return a number as JSON has it: rounded, whole numbers whole, None for nan."""
    if isinstance(value, int):
        return value
    return None if math.isnan(value) else round(value, DIGITS)
