"""The five tests of the rating against lists, each with the same figures and the same baselines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypedDict

import numpy as np

from fairlead.reference import load_csv
from fairlead.reference.source import editions as editions_in_use
from fairlead.risk.arrays import Bools
from fairlead.risk.backtest.baselines import BASELINE_COLUMNS, BASELINES
from fairlead.risk.backtest.blind import JOINED, RATING, Blind, blind_scores, by_country, by_good, later_scores
from fairlead.risk.backtest.figures import NEED_PROBABILITY, PairsTested, Scores, figures
from fairlead.risk.backtest.folds import folds_by
from fairlead.risk.backtest.joined import COLUMNS
from fairlead.risk.backtest.orders import ordered_pairs
from fairlead.risk.backtest.rated_pairs import tables_as_of
from fairlead.risk.backtest.result import Backtest, Figures, TestResult
from fairlead.risk.backtest.setting import FORETOLD, TRAINED_ON, Setting, shipped_setting
from fairlead.risk.backtest.universe import Universe
from fairlead.risk.backtest.variants import variants
from fairlead.risk.rating import MODEL_VERSION

_OTHER_HITS: Final = dict.fromkeys(
    NEED_PROBABILITY, "the model foretells forced labour, so its probabilities are not those of these hits"
)
_ORDER_ONLY: Final = dict.fromkeys(NEED_PROBABILITY, "only the order of the pairs is looked at")


class _Told(TypedDict):
    """What is said of a test: the fields of TestResult that are texts."""

    name: str
    title: str
    question: str
    trained_on: str
    hits: str


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
        replace(_leave_out(setting, countries, "country"), variants=_variants(setting)),
        _leave_out(setting, goods, "good"),
        _temporal(setting, later),
        _out_of_source(setting, later),
        _placebo(setting, countries),
    )
    return Backtest(
        tests=tests,
        columns=COLUMNS,
        baselines=BASELINE_COLUMNS,
        universe=_declared(universe),
        as_of=setting.as_of,
        seed=setting.seed,
        model_version=MODEL_VERSION,
        editions=dict(sorted(editions_in_use().items())),
    )


def _leave_out(setting: Setting, blind: Blind, what: str) -> TestResult:
    forced = setting.editions[FORETOLD].forced(setting.universe)
    told = _Told(
        name=f"leave_{what}_out",
        title=f"Leave {what} out",
        question=f"Does it find the listed pairs of a {what} of which the list tells it nothing?",
        trained_on=f"the list of {FORETOLD} without the {what} tested, in {setting.folds} folds",
        hits=f"pairs listed for forced labour in {FORETOLD}",
    )
    return _result(setting, blind, forced, np.ones(len(forced), dtype=bool), told)


def _temporal(setting: Setting, later: Blind) -> TestResult:
    universe = setting.universe
    before = setting.editions[TRAINED_ON].forced(universe)
    by_year = {}
    for year in (year for year in setting.editions if year > TRAINED_ON):
        told = _Told(
            name="temporal",
            title="Foretell the list",
            question=f"Does what was known in {TRAINED_ON} find the pairs that came onto the list later?",
            trained_on=f"the list of {TRAINED_ON}, each pair without its own row",
            hits=f"new on the list by {year}",
        )
        by_year[year] = _result(setting, later, setting.editions[year].forced(universe) & ~before, ~before, told)
    by_edition = {
        str(year): {"joined": of.joined.to_json(), "rating": of.rating.to_json()} for year, of in by_year.items()
    }
    return replace(by_year[max(by_year)], further={"by_edition": by_edition})


def _out_of_source(setting: Setting, later: Blind) -> TestResult:
    hits = ordered_pairs(setting.universe, load_csv("import_bans"), load_csv("goods"), setting.as_of)
    told = _Told(
        name="out_of_source",
        title="Another publisher",
        question="Does it find the pairs on which the customs ordered goods to be withheld?",
        trained_on=f"the list of {TRAINED_ON}, each pair without its own row",
        hits=f"withhold-release orders after {setting.as_of.isoformat()}",
    )
    return _result(setting, later, hits, np.ones(len(hits), dtype=bool), told, no_probability=_OTHER_HITS)


def _placebo(setting: Setting, blind: Blind) -> TestResult:
    universe, known = setting.universe, setting.editions[FORETOLD]
    forced = known.forced(universe)
    told = _Told(
        name="placebo",
        title="Placebo",
        question="Does it also find what it is not about, pairs listed for child labour only?",
        trained_on=f"the list of {FORETOLD} without the country tested, in {setting.folds} folds",
        hits=f"pairs listed for child labour and not for forced labour in {FORETOLD}",
    )
    hits = known.listed(universe) & ~forced
    return _result(setting, blind, hits, ~forced, told, no_probability=_OTHER_HITS)


def _result(
    setting: Setting,
    blind: Blind,
    hits: Bools,
    rows: Bools,
    told: _Told,
    *,
    no_probability: Mapping[str, str] | None = None,
) -> TestResult:
    """Hold the scores of all models against hits, over the pairs in `rows`.

    `no_probability` says why the probabilities of the models are not held against these hits, where they are not.
    """

    def of(name: str) -> Scores:
        rank, fit = blind.ranks[name][rows], blind.fits[name]
        if no_probability:
            return Scores(rank, None, np.nan, no_probability)
        return Scores(rank, fit.probability[rows], fit.coverage(hits, blind.unit))

    tested = _tested(setting, hits, rows)
    return TestResult(
        **told,
        rating=figures(tested, of(RATING)),
        joined=figures(tested, of(JOINED)),
        baselines={name: figures(tested, of(name)) for name in BASELINES},
    )


def _tested(setting: Setting, hits: Bools, rows: Bools) -> PairsTested:
    universe = setting.universe
    return PairsTested(
        hits[rows], universe.country_number[rows], universe.ln_share[rows], setting.seed, setting.samples
    )


def _variants(setting: Setting) -> Mapping[str, Figures]:
    """Return the figures of the variants of the rating in leave-country-out."""
    universe, known = setting.universe, setting.editions[FORETOLD]
    fold = folds_by(universe.country_number, setting.folds)
    tested = _tested(setting, known.forced(universe), np.ones(len(universe), dtype=bool))
    found = variants(universe, known, fold, setting.as_of, tables_as_of(setting.as_of))
    return {name: figures(tested, Scores(rank, None, np.nan, _ORDER_ONLY)) for name, rank in found.items()}


def _declared(universe: Universe) -> dict[str, Any]:
    return {
        "pairs": len(universe),
        "goods": len(set(universe.good.tolist())),
        "countries": len(set(universe.iso3.tolist())),
        "not_recorded_by_statistics": int(np.isnan(universe.share).sum()),
        "what": "goods of farms and mines, and the countries that make some of them by the statistics of production;"
        " without the United States, which the list never names, and without territories, which the Trafficking in"
        " Persons Report does not rank. Pairs that are listed but not recorded by statistics are among them and count"
        " as the smallest maker of the good. Manufacturing and services have no such statistics.",
    }
