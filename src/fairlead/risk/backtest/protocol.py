"""The protocol: five tests of the rating against lists, each with the same figures and the same baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np

from fairlead.reference import load_csv
from fairlead.reference.source import editions as editions_in_use
from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.backtest.baselines import BASELINES, baseline
from fairlead.risk.backtest.cross_fit import CrossFit, cross_fit, fit_once
from fairlead.risk.backtest.figures import SAMPLES, Scores, Tested, figures
from fairlead.risk.backtest.folds import FOLDS, folds_by
from fairlead.risk.backtest.joined import COLUMNS, columns, nested_ratings
from fairlead.risk.backtest.orders import ordered_pairs
from fairlead.risk.backtest.rated_pairs import tables_as_of
from fairlead.risk.backtest.result import Backtest, Figures, TestResult
from fairlead.risk.backtest.silent import silent_ratings
from fairlead.risk.backtest.universe import Edition, Universe, shipped_editions, shipped_universe
from fairlead.risk.backtest.variants import variants
from fairlead.risk.rating import MODEL_VERSION

#: The day on which the list of 2016 was published: nothing later is known to what is tested.
AS_OF: Final = date(2016, 9, 30)
TRAINED_ON: Final = 2016
FORETOLD: Final = 2022
SEED: Final = 0

_RATING: Final = "rating"
_JOINED: Final = "joined"


@dataclass(frozen=True)
class Setting:
    """What all tests share: the pairs, the editions of the list, and the day.

    `seed` is that of everything drawn, `folds` how many there are, `samples` how often countries are drawn anew.
    """

    universe: Universe
    editions: Mapping[int, Edition]
    as_of: date
    seed: int
    folds: int = FOLDS
    samples: int = SAMPLES


@dataclass(frozen=True)
class Unit:
    """What is left out together: its number for each pair, and how to take it from an edition of the list."""

    number: Ints
    left_out: Callable[[Edition, Bools], Edition]


@dataclass(frozen=True)
class Blind:
    """Scores of all models for pairs whose unit was left out, before they are held against hits."""

    ranks: Mapping[str, Floats]
    fits: Mapping[str, CrossFit]
    unit: Ints


def shipped_setting(*, seed: int = SEED) -> Setting:
    """Return the setting of the reference pack in use."""
    return Setting(shipped_universe(), shipped_editions(), AS_OF, seed)


def by_country(universe: Universe) -> Unit:
    """Return the unit of leave-country-out."""
    return Unit(universe.country_number, lambda known, rows: known.without_countries(universe.iso3[rows].tolist()))


def by_good(universe: Universe) -> Unit:
    """Return the unit of leave-good-out."""
    return Unit(universe.good_number, lambda known, rows: known.without_goods(universe.good[rows].tolist()))


def backtest(setting: Setting | None = None) -> Backtest:
    """Run the whole protocol.

    Leave-country-out and leave-good-out foretell the forced labour pairs of the edition FORETOLD with those of other
    countries or goods; temporal foretells what is new on the list after the edition TRAINED_ON; out-of-source the
    withhold-release orders that followed it; the placebo holds the scores of leave-country-out against goods that
    are listed for child labour only.
    """
    setting = setting or shipped_setting()
    universe = setting.universe
    countries = blind_scores(setting, by_country(universe))
    goods = blind_scores(setting, by_good(universe))
    later = later_scores(setting)
    tests = (
        replace(_leave_out(setting, countries, "leave_country_out", "country"), variants=_variants(setting)),
        _leave_out(setting, goods, "leave_good_out", "good"),
        _temporal(setting, later),
        _out_of_source(setting, later),
        _placebo(setting, countries),
    )
    return Backtest(
        tests=tests,
        columns=COLUMNS,
        universe=_declared(universe),
        as_of=setting.as_of.isoformat(),
        seed=setting.seed,
        model_version=MODEL_VERSION,
        editions=dict(sorted(editions_in_use().items())),
    )


def blind_scores(setting: Setting, unit: Unit, folds: tuple[int, ...] | None = None) -> Blind:
    """Return the scores of all models when each pair's unit was left out of everything they were made of.

    `folds` are those to be tested; all where not given, and pairs of others have nan.
    """
    universe, known = setting.universe, setting.editions[FORETOLD]
    forced, listed, fold = known.forced(universe), known.listed(universe), folds_by(unit.number, setting.folds)
    nested = nested_ratings(
        universe, known, fold, unit.left_out, setting.as_of, tables_as_of(setting.as_of), folds=folds
    )
    tables: dict[str, Callable[[int, Bools], Floats]] = {
        _RATING: lambda each, seen: nested[each][:, None],
        _JOINED: lambda each, seen: columns(universe, nested[each], listed, seen, unit.number),
    }
    for name in BASELINES:
        tables[name] = _column_of(name, universe, forced, unit.number)
    tested = tuple(nested)
    fits = {
        name: cross_fit(table, forced, fold, unit.number, seed=setting.seed, folds=tested)
        for name, table in tables.items()
    }
    ranks = {name: _own_fold(table, fold, tested) for name, table in tables.items() if name != _JOINED}
    ranks[_JOINED] = fits[_JOINED].probability
    return Blind(ranks, fits, unit.number)


def later_scores(setting: Setting) -> Blind:
    """Return the scores of all models fitted on the list of TRAINED_ON, each pair rated without its own row."""
    universe, known = setting.universe, setting.editions[TRAINED_ON]
    forced, listed = known.forced(universe), known.listed(universe)
    everything, own = np.ones(len(universe), dtype=bool), np.arange(len(universe))
    rating = silent_ratings(universe, known, setting.as_of, tables_as_of(setting.as_of))
    tables = {
        _RATING: rating[:, None],
        _JOINED: columns(universe, rating, listed, everything, own),
    } | {name: baseline(name, universe, forced, everything, own)[:, None] for name in BASELINES}
    fits = {
        name: fit_once(table, forced, everything, universe.country_number, seed=setting.seed)
        for name, table in tables.items()
    }
    ranks = {name: _filled(table[:, 0]) for name, table in tables.items() if name != _JOINED}
    ranks[_JOINED] = fits[_JOINED].probability
    return Blind(ranks, fits, universe.country_number)


def _column_of(name: str, universe: Universe, forced: Bools, unit: Ints) -> Callable[[int, Bools], Floats]:
    return lambda each, seen: baseline(name, universe, forced, seen, unit)[:, None]


def _own_fold(table: Callable[[int, Bools], Floats], fold: Ints, tested: tuple[int, ...]) -> Floats:
    """Return a single column with each pair's value from the fold in which the pair was left out."""
    found = np.full(len(fold), np.nan)
    for each in tested:
        out = fold == each
        found[out] = _filled(table(each, ~out)[:, 0])[out]
    return found


def _filled(values: Floats) -> Floats:
    """Return the values with the mean of the known ones where there is none, so that every pair has a rank."""
    return np.where(np.isnan(values), np.nanmean(values), values)


def _result(
    setting: Setting, blind: Blind, hits: Bools, rows: Bools, told: Mapping[str, Any], *, probabilities: bool = True
) -> TestResult:
    """Hold the scores of all models against hits, over the pairs in `rows`."""
    universe = setting.universe
    tested = Tested(hits[rows], universe.country_number[rows], universe.ln_share[rows], setting.seed, setting.samples)

    def of(name: str) -> Scores:
        fit = blind.fits[name]
        if not probabilities:
            why = "the model foretells forced labour, so its probabilities are not those of these hits"
            return Scores(blind.ranks[name][rows], None, np.nan, tuple((key, why) for key in _NEED_PROBABILITY))
        return Scores(blind.ranks[name][rows], fit.probability[rows], _coverage(fit, hits, rows, blind.unit))

    return TestResult(
        **told,
        rating=figures(tested, of(_RATING)),
        joined=figures(tested, of(_JOINED)),
        baselines={name: figures(tested, of(name)) for name in BASELINES},
    )


_NEED_PROBABILITY: Final = ("log_loss", "ece", "coverage_90")


def _coverage(fit: CrossFit, hits: Bools, rows: Bools, unit: Ints) -> float:
    return replace(fit, probability=np.where(rows, fit.probability, np.nan)).coverage(hits, unit)


def _leave_out(setting: Setting, blind: Blind, name: str, what: str) -> TestResult:
    forced = setting.editions[FORETOLD].forced(setting.universe)
    return _result(
        setting,
        blind,
        forced,
        np.ones(len(forced), dtype=bool),
        {
            "name": name,
            "title": f"Leave {what} out",
            "question": f"Does it find the listed pairs of a {what} of which the list tells it nothing?",
            "trained_on": f"the list of {FORETOLD} without the {what} tested, in {setting.folds} folds",
            "hits": f"pairs listed for forced labour in {FORETOLD}",
        },
    )


def _temporal(setting: Setting, later: Blind) -> TestResult:
    universe = setting.universe
    before = setting.editions[TRAINED_ON].forced(universe)
    years = [year for year in setting.editions if year > TRAINED_ON]
    by_year = {}
    for year in years:
        new = setting.editions[year].forced(universe) & ~before
        by_year[str(year)] = _result(setting, later, new, ~before, _TEMPORAL | {"hits": f"new on the list by {year}"})
    further = {
        "by_edition": {
            year: {"joined": of.joined.to_json(), "rating": of.rating.to_json()} for year, of in by_year.items()
        }
    }
    return replace(by_year[str(max(years))], further=further)


def _variants(setting: Setting) -> Mapping[str, Figures]:
    """Return the figures of the variants of the rating in leave-country-out."""
    universe, known = setting.universe, setting.editions[FORETOLD]
    fold = folds_by(universe.country_number, setting.folds)
    tested = Tested(known.forced(universe), universe.country_number, universe.ln_share, setting.seed, setting.samples)
    why = "only the order of the pairs is looked at"
    reasons = tuple((key, why) for key in _NEED_PROBABILITY)
    found = variants(universe, known, fold, setting.as_of, tables_as_of(setting.as_of))
    return {name: figures(tested, Scores(rank, None, np.nan, reasons)) for name, rank in found.items()}


_TEMPORAL: Final = {
    "name": "temporal",
    "title": "Foretell the list",
    "question": f"Does what was known in {TRAINED_ON} find the pairs that came onto the list later?",
    "trained_on": f"the list of {TRAINED_ON}, each pair without its own row",
}


def _out_of_source(setting: Setting, later: Blind) -> TestResult:
    hits = ordered_pairs(setting.universe, load_csv("import_bans"), load_csv("goods"), setting.as_of)
    return _result(
        setting,
        later,
        hits,
        np.ones(len(hits), dtype=bool),
        {
            "name": "out_of_source",
            "title": "Another publisher",
            "question": "Does it find the pairs on which the customs ordered goods to be withheld?",
            "trained_on": f"the list of {TRAINED_ON}, each pair without its own row",
            "hits": f"withhold-release orders after {setting.as_of.isoformat()}",
        },
        probabilities=False,
    )


def _placebo(setting: Setting, blind: Blind) -> TestResult:
    universe, known = setting.universe, setting.editions[FORETOLD]
    forced = known.forced(universe)
    return _result(
        setting,
        blind,
        known.listed(universe) & ~forced,
        ~forced,
        {
            "name": "placebo",
            "title": "Placebo",
            "question": "Does it also find what it is not about, pairs listed for child labour only?",
            "trained_on": f"the list of {FORETOLD} without the country tested, in {setting.folds} folds",
            "hits": f"pairs listed for child labour and not for forced labour in {FORETOLD}",
        },
        probabilities=False,
    )


def _declared(universe: Universe) -> dict[str, Any]:
    return {
        "pairs": len(universe),
        "goods": len(set(universe.good.tolist())),
        "countries": len(set(universe.iso3.tolist())),
        "not_recorded_by_statistics": int(np.isnan(universe.share).sum()),
        "what": "goods of farms and mines, and the countries that make some of them by the statistics of production;"
        " without the United States, which the list never names. Manufacturing and services have no such statistics.",
    }
