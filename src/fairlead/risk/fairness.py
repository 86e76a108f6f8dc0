"""How ratings are spread over regions and quarters of governance, and what each term contributes to them.

A rating that mostly repeats where a supplier sits would be unfair and of no use. Three things show it:

- the distribution of ratings by region, with the mean residual of the region: how much higher its suppliers are rated
  than their goods, sectors, workforce and findings explain. For supplier i in the region,
  residual_i = L_i - (all terms but those of the place), less the mean of the same over all suppliers;
- the share of the variance of the log-odds that each term explains, cov(term, L) / var(L); the shares add up to one;
- what a country makes by itself, with nothing else known, for every country there is.

Residuals against outcomes (listed or not) are part of the backtest, where there are outcomes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import BUYER_ID
from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.cards import Cards, Group, shipped_cards
from fairlead.risk.country_alone import CountryRow, country_alone
from fairlead.risk.parameters import shipped_parameters
from fairlead.risk.regions import Regions
from fairlead.risk.terms import CONTEXT_CEILING, PRIOR

#: Groups of cards that say something of a place and nothing of what is made there or by whom.
PLACE_GROUPS: Final = frozenset({Group.COUNTRY, Group.STATE_IMPOSED})

#: Terms that are no evidence card and rest on the project's own judgement.
_OWN_TERMS: Final = frozenset({PRIOR, CONTEXT_CEILING})

_QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class GroupRow:
    """The ratings of one group of suppliers: counts, quantiles of p (5, 25, 50, 75, 95%), means.

    `bands` are counts from the highest band; `mean_place` is the mean of the terms of the place and `mean_residual` the
    same less its mean over everybody, in nats. Numbers are null where nobody of the group is rated.
    """

    grouping: str
    name: str
    parties: int
    rated: int
    find_out: int
    bands: tuple[int, ...]
    quantiles: tuple[float, ...] | None
    mean_p: float | None
    mean_place: float | None
    mean_residual: float | None


@dataclass(frozen=True)
class TermRow:
    """What one term contributes over all rated suppliers.

    `parties` have it, `mean` and `mean_size` are its mean and mean absolute value over all rated suppliers (nats), and
    `variance_share` is the share of the variance of the log-odds that it explains; `basis` is measured, elicited, or
    empty for what is no card.
    """

    name: str
    group: str
    basis: str
    parties: int
    mean: float
    mean_size: float
    variance_share: float


@dataclass(frozen=True)
class Fairness:
    """The report: groups of suppliers, terms by the share of variance they explain, and countries from the highest."""

    groups: tuple[GroupRow, ...]
    terms: tuple[TermRow, ...]
    countries: tuple[CountryRow, ...]
    place_share: float


def fairness(parties: pa.Table, evidence: pa.Table, ratings: pa.Table, as_of: date) -> Fairness:
    """Return how the ratings of one assessment are spread; the tables are PARTY, EVIDENCE and RATING.

    A party's country is its own or, where that is not known, the one of its evidence that stands first.
    """
    cards = shipped_cards()
    ratings = ratings.filter(pc.not_equal(ratings["subject_id"], BUYER_ID))
    terms = _Terms.of(ratings, cards)
    regions = Regions.of(as_of)
    countries = _countries(parties, evidence, ratings["subject_id"].to_pylist())
    groups = [row for name, of in regions.groupings(countries) for row in _groups(name, of, ratings, terms)]
    rows = _term_rows(terms, cards)
    return Fairness(
        groups=tuple(groups),
        terms=rows,
        countries=country_alone(as_of),
        place_share=math.fsum(row.variance_share for row in rows if row.group in PLACE_GROUPS),
    )


def _countries(parties: pa.Table, evidence: pa.Table, ids: Sequence[str]) -> list[str]:
    own = dict(zip(parties["party_id"].to_pylist(), parties["country"].to_pylist(), strict=True))
    of_country = evidence.filter(pc.starts_with(pc.fill_null(evidence["cluster_key"], ""), "country:"))
    told: dict[str, str] = {}
    for subject, key in zip(of_country["subject_id"].to_pylist(), of_country["cluster_key"].to_pylist(), strict=True):
        told[subject] = min(key.partition(":")[2], told.get(subject, "~"))
    return [own.get(one) or told.get(one) or "" for one in ids]


@dataclass(frozen=True)
class _Terms:
    """The terms of all rated suppliers, one element for each, and the number of ratings."""

    subject: Ints
    names: Sequence[str]
    nats: Floats
    place: Floats
    assessed: Bools

    @classmethod
    def of(cls, ratings: pa.Table, cards: Cards) -> _Terms:
        terms = ratings["terms"].combine_chunks()
        flat = terms.flatten()
        names = flat.field("name").to_pylist()
        nats = np.asarray(flat.field("nats").to_numpy(zero_copy_only=False), dtype=np.float64)
        of_place = np.array([name in cards and cards[name].group in PLACE_GROUPS for name in names], dtype=bool)
        subject = np.asarray(pc.list_parent_indices(terms).to_numpy(zero_copy_only=False), dtype=np.int64)
        place = np.bincount(subject, weights=np.where(of_place, nats, 0.0), minlength=len(ratings))
        assessed = ratings["band"].is_valid().to_numpy()
        return cls(subject, names, nats, np.asarray(place, dtype=np.float64), assessed)

    @property
    def log_odds(self) -> Floats:
        """Return the sum of the terms of each supplier; 0 where it is not rated."""
        return np.asarray(np.bincount(self.subject, weights=self.nats, minlength=len(self.assessed)))


def _groups(grouping: str, of: Sequence[str], ratings: pa.Table, terms: _Terms) -> Iterable[GroupRow]:
    names = [str(band.band) for band in shipped_parameters().bands]
    p = ratings["p"].to_numpy(zero_copy_only=False)
    bands, find_out = np.array(ratings["band"].to_pylist(), dtype=object), ratings["find_out"].to_numpy()
    groups = np.array(of, dtype=object)
    overall = float(np.mean(terms.place[terms.assessed])) if terms.assessed.any() else 0.0
    for name in sorted(set(of)):
        here = groups == name
        rated = here & terms.assessed
        some = bool(rated.any())
        place = float(np.mean(terms.place[rated])) if some else None
        yield GroupRow(
            grouping=grouping,
            name=name,
            parties=int(here.sum()),
            rated=int(rated.sum()),
            find_out=int((find_out & here).sum()),
            bands=tuple(int((bands[here] == band).sum()) for band in names),
            quantiles=tuple(float(one) for one in np.quantile(p[rated], _QUANTILES)) if some else None,
            mean_p=float(np.mean(p[rated])) if some else None,
            mean_place=place,
            mean_residual=None if place is None else place - overall,
        )


def _term_rows(terms: _Terms, cards: Cards) -> tuple[TermRow, ...]:
    """Return what each term contributes, the one that explains most of the variance first."""
    kept = np.flatnonzero(terms.assessed)
    count = len(kept)
    log_odds = terms.log_odds[kept]
    variance = float(np.var(log_odds)) if count else 0.0
    names = np.array(terms.names, dtype=object)
    rows = []
    for name in sorted(set(terms.names)):
        mine = names == name
        by_party = np.bincount(terms.subject[mine], weights=terms.nats[mine], minlength=len(terms.assessed))[kept]
        together = float(np.mean((by_party - by_party.mean()) * (log_odds - log_odds.mean())))
        rows.append(
            TermRow(
                name=name,
                group=str(cards[name].group) if name in cards else "",
                basis=str(cards[name].basis) if name in cards else "elicited" if name in _OWN_TERMS else "",
                parties=len(np.unique(terms.subject[mine])),
                mean=float(by_party.mean()),
                mean_size=float(np.abs(by_party).mean()),
                variance_share=together / variance if variance else 0.0,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.variance_share, row.name)))
