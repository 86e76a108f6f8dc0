"""The tables of the backtest, in Markdown and as rows for a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from fairlead.model.message import Message, message
from fairlead.risk.backtest import BASELINES, VARIANTS, Backtest, Figures, TestResult

#: The columns of a test's table, each with the figures that fill it.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "AUC": ("auc", "auc_low", "auc_high"),
    "AUC among equals in size": ("auc_matched", "auc_matched_low", "auc_matched_high"),
    "average precision": ("average_precision",),
    "found in the top 10%": ("recall_at_10",),
    "log loss": ("log_loss",),
    "calibration error": ("ece",),
    "coverage": ("coverage_90",),
}

#: What the models are called.
RATING: Final = "the rating, shown to people"
JOINED: Final = "rating with exposure and detection"

#: Digits after the point, where they differ from two or three.
_DIGITS: Final = {"log_loss": 4, "ece": 4, "recall_at_10": 2, "coverage_90": 2}
_USUAL: Final = 3
_NONE: Final = "–"


def overview(result: Backtest) -> str:
    """Return the table with one line for each test, in Markdown."""
    heading = ["test", "pairs", "hits", "rating, AUC among equals in size", "with exposure and detection, AUC"]
    rows = [
        [
            test.title,
            str(test.rating.values["n"]),
            str(test.rating.values["positives"]),
            with_interval(test.rating, "auc_matched"),
            with_interval(test.joined, "auc"),
        ]
        for test in result.tests
    ]
    return markdown(heading, rows, right=range(1, 5))


def table(test: TestResult) -> str:
    """Return the table of one test, in Markdown: one line for each model and baseline, the rating in bold."""
    rows = [[f"**{name}**" if name == RATING else name, *figures] for name, *figures in lines(test)]
    return markdown(["", *COLUMNS], rows, right=range(1, len(COLUMNS) + 1))


def lines(test: TestResult) -> list[list[str]]:
    """Return the cells of the table of one test, with the name of each model before its figures."""
    models = {RATING: test.rating, JOINED: test.joined}
    models |= {BASELINES[name]: figures for name, figures in test.baselines.items()}
    models |= {f"the rating, {VARIANTS[name]}": figures for name, figures in test.variants.items()}
    return [[name, *cells(figures)] for name, figures in models.items()]


def cells(figures: Figures) -> list[str]:
    """Return the cells of one model; a dash where a figure cannot be computed."""
    return [
        with_interval(figures, names[0]) if len(names) > 1 else shown(figures.values[names[0]], names[0])
        for names in COLUMNS.values()
    ]


def with_interval(figures: Figures, name: str) -> str:
    """Return a figure with its 95% interval."""
    low, high = (shown(figures.values[f"{name}_{end}"], name) for end in ("low", "high"))
    value = shown(figures.values[name], name)
    return value if value == _NONE else f"{value} [{low}, {high}]"


def shown(value: float, name: str) -> str:
    """Return a number as it is shown, without the nought before the point; a dash for nan."""
    if math.isnan(value):
        return _NONE
    return f"{value:.{_DIGITS.get(name, _USUAL)}f}".replace("0.", ".", 1) if value < 1 else f"{value:.2f}"


def notes(result: Backtest) -> Iterator[Message]:
    """Yield what is to be known before the figures are believed."""
    universe = result.universe
    yield message(
        "Universe: {pairs:number} pairs of {goods:number} goods and {countries:number} countries that make them."
        " Figures in brackets are 95% intervals, with countries drawn anew.",
        pairs=str(universe["pairs"]),
        goods=str(universe["goods"]),
        countries=str(universe["countries"]),
    )
    yield message(
        "What a person sees as risk is the rating alone. Its honest figure is the AUC among pairs of equal size,"
        " because lists follow size and attention."
    )
    yield message(
        "The rating with exposure and detection shows how well lists can be foretold. It is never shown as risk."
    )


def markdown(heading: Sequence[str], rows: Sequence[Sequence[str]], *, right: range) -> str:
    """Return a table in Markdown; the columns whose places are in `right` are set to the right."""
    rule = ["---:" if place in right else "---" for place in range(len(heading))]
    return "\n".join("| " + " | ".join(row) + " |" for row in (heading, rule, *rows))
