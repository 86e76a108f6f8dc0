"""Scores of all models for pairs of which they were told nothing, before the scores are held against hits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.backtest.baselines import BASELINES, baseline
from fairlead.risk.backtest.cross_fit import CrossFit, Table, cross_fit, fit_once
from fairlead.risk.backtest.folds import folds_by
from fairlead.risk.backtest.joined import columns, nested_ratings
from fairlead.risk.backtest.rated_pairs import tables_as_of
from fairlead.risk.backtest.setting import FORETOLD, TRAINED_ON, Setting
from fairlead.risk.backtest.silent import silent_ratings
from fairlead.risk.backtest.universe import Edition, Universe

#: The keys of the two models that are no baselines.
RATING: Final = "rating"
JOINED: Final = "joined"


@dataclass(frozen=True)
class Unit:
    """What is left out together: its number for each pair, and how to take it from an edition of the list."""

    number: Ints
    left_out: Callable[[Edition, Bools], Edition]


@dataclass(frozen=True)
class Blind:
    """Scores of all models by their keys: the order of the pairs (more is riskier), and a regression on it.

    `unit` numbers each pair's unit, whose hits the regression expects.
    """

    ranks: Mapping[str, Floats]
    fits: Mapping[str, CrossFit]
    unit: Ints


def by_country(universe: Universe) -> Unit:
    """Return the unit of leave-country-out."""
    return Unit(universe.country_number, lambda known, rows: known.without_countries(universe.iso3[rows].tolist()))


def by_good(universe: Universe) -> Unit:
    """Return the unit of leave-good-out."""
    return Unit(universe.good_number, lambda known, rows: known.without_goods(universe.good[rows].tolist()))


def blind_scores(setting: Setting, unit: Unit, folds: tuple[int, ...] | None = None) -> Blind:
    """Return the scores of all models when each pair's unit was left out of everything they were made of.

    `folds` are those to be tested; all where not given, and pairs of others have nan.
    """
    universe, known = setting.universe, setting.editions[FORETOLD]
    forced, listed, fold = known.forced(universe), known.listed(universe), folds_by(unit.number, setting.folds)
    nested = nested_ratings(
        universe, known, fold, unit.left_out, setting.as_of, tables_as_of(setting.as_of), folds=folds
    )
    tables: dict[str, Table] = {
        RATING: lambda each, seen: nested[each][:, None],
        JOINED: lambda each, seen: columns(universe, nested[each], listed, seen, unit.number),
    } | {name: _baseline_table(name, universe, forced, unit.number) for name in BASELINES}
    tested = tuple(nested)
    fits = {
        name: cross_fit(table, forced, fold, unit.number, seed=setting.seed, folds=tested)
        for name, table in tables.items()
    }
    ranks = {name: _own_fold(table, fold, tested) for name, table in tables.items() if name != JOINED}
    ranks[JOINED] = fits[JOINED].probability
    return Blind(ranks, fits, unit.number)


def later_scores(setting: Setting) -> Blind:
    """Return the scores of all models fitted on the list of TRAINED_ON, each pair rated without its own row.

    Hits to come are expected among the pairs that this list does not have yet.
    """
    universe, known = setting.universe, setting.editions[TRAINED_ON]
    forced, listed = known.forced(universe), known.listed(universe)
    everything, own = np.ones(len(universe), dtype=bool), np.arange(len(universe))
    rating = silent_ratings(universe, known, setting.as_of, tables_as_of(setting.as_of))
    tables = {
        RATING: rating[:, None],
        JOINED: columns(universe, rating, listed, everything, own),
    } | {name: baseline(name, universe, forced, everything, own)[:, None] for name in BASELINES}
    fits = {
        name: fit_once(table, forced, ~forced, universe.country_number, seed=setting.seed)
        for name, table in tables.items()
    }
    ranks = {name: _filled(table[:, 0]) for name, table in tables.items() if name != JOINED}
    ranks[JOINED] = fits[JOINED].probability
    return Blind(ranks, fits, universe.country_number)


def _baseline_table(name: str, universe: Universe, forced: Bools, unit: Ints) -> Table:
    return lambda each, seen: baseline(name, universe, forced, seen, unit)[:, None]


def _own_fold(table: Table, fold: Ints, tested: tuple[int, ...]) -> Floats:
    """Return a single column with each pair's value from the fold in which the pair was left out."""
    found = np.full(len(fold), np.nan)
    for each in tested:
        out = fold == each
        found[out] = _filled(table(each, ~out)[:, 0])[out]
    return found


def _filled(values: Floats) -> Floats:
    """Return the values with the mean of the known ones where there is none, so that every pair has a rank."""
    return np.where(np.isnan(values), np.nanmean(values), values)
