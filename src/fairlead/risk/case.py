"""Rates cases that are no parties: a country, a product and a workforce in a year, by what was known in that year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyarrow as pa

from fairlead.model.ids import BUYER_ID
from fairlead.model.message import Message, message
from fairlead.model.schemas import CLASSIFICATION, LINK, PARTY, SITE
from fairlead.model.vocabulary import DataState, LinkKind, PartyKind
from fairlead.read.cases import Case
from fairlead.risk.case_match import CaseMatch, match_cases
from fairlead.risk.context import context_evidence
from fairlead.risk.rating import rate
from fairlead.risk.terms import PRIOR

_ROW: Final = "case"
#: What a rating lacks, in words; the keys are those of `missing` in RATING.
_MISSING: Final = {
    "country": message("The country is not known."),
    "product": message("Neither the product nor the sector is recognised."),
    "country_facts": message("Nothing is recorded of the country."),
    "workforce": message("Nothing is said of the workforce."),
}


@dataclass(frozen=True)
class Reason:
    """One term of a rating in words, with its weight in nats; a remark that moves nothing has no nats."""

    text: Message
    nats: float | None = None


@dataclass(frozen=True)
class RatedCase:
    """The rating of a case; the probabilities and the band are None without data.

    `reasons` are the terms, the heaviest first and the starting point last, then how product and sector were read,
    and what is missing or was not understood.
    """

    p: float | None
    p_low: float | None
    p_high: float | None
    band: str | None
    find_out: bool
    data: DataState
    reasons: tuple[Reason, ...]


def rate_cases(cases: Sequence[Case]) -> list[RatedCase]:
    """Rate every case as of the last day of its year, in the order given.

    A case is rated like a party of which nothing else is known (`rate`), with the facts of the reference pack up to
    its year. It has no data where its country, its year, or both its product and its sector are not understood, or
    where the code and the words of its product contradict each other. Whether other cases stand beside it makes no
    difference.
    """
    matches = match_cases(cases)
    rated: dict[int, RatedCase] = {}
    years = {case.year for case in cases if case.year is not None}
    for year in sorted(years):
        places = [place for place, case in enumerate(cases) if case.year == year and _usable(case, matches[place])]
        for place, found in zip(places, _ratings(cases, matches, places, year), strict=True):
            rated[place] = _rated(found, matches[place], cases[place])
    return [rated.get(place) or _no_data(case, matches[place]) for place, case in enumerate(cases)]


def _usable(case: Case, match: CaseMatch) -> bool:
    return case.country is not None and not match.contradicts


def _ratings(
    cases: Sequence[Case], matches: Sequence[CaseMatch], places: Sequence[int], year: int
) -> list[dict[str, Any]]:
    """Return the RATING rows of the cases of one year."""
    as_of = date(year, 12, 31)
    parties = _table([_party(place, cases[place]) for place in places], PARTY)
    sites = _table([_site(place, cases[place]) for place in places], SITE)
    links = _table([link for place in places for link in _links(place, matches[place])], LINK)
    read = [each for place in places for each in matches[place].readings(f"{_ROW}{place}")]
    classification = pa.Table.from_pylist(read, schema=CLASSIFICATION)
    evidence = context_evidence(parties, sites, links, as_of, classification=classification, hindsight=True)
    rows: list[dict[str, Any]] = rate(parties, links, evidence, as_of).to_pylist()
    return rows


def _table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema=schema)


def _party(place: int, case: Case) -> dict[str, Any]:
    return {
        "party_id": f"{_ROW}{place}",
        "kind": PartyKind.UNKNOWN.value,
        "country": case.country,
        "workforce": list(case.workforce),
        "row_ids": [f"{_ROW}{place}"],
    }


def _site(place: int, case: Case) -> dict[str, Any]:
    return {
        "site_id": f"{_ROW}{place}",
        "party_id": f"{_ROW}{place}",
        "region": case.region,
        "country": case.country,
        "row_ids": [f"{_ROW}{place}"],
    }


def _links(place: int, match: CaseMatch) -> Iterator[dict[str, Any]]:
    for number, (good, sector) in enumerate(match.delivered):
        yield {
            "link_id": f"{_ROW}{place}.{number}",
            "from_id": f"{_ROW}{place}",
            "to_id": BUYER_ID,
            "kind": LinkKind.SUPPLIES.value,
            "good": good,
            "sector": sector,
            "row_ids": [f"{_ROW}{place}"],
        }


def _rated(found: Mapping[str, Any], match: CaseMatch, case: Case) -> RatedCase:
    terms = sorted(found["terms"] or (), key=lambda term: (term["name"] == PRIOR, -abs(term["nats"])))
    told = [Reason(Message.from_arrow(term["text"]), term["nats"]) for term in terms if term["nats"]]
    missing = [Reason(_MISSING[name]) for name in found["missing"]]
    return RatedCase(
        p=found["p"],
        p_low=found["p_low"],
        p_high=found["p_high"],
        band=found["band"],
        find_out=bool(found["find_out"]),
        data=DataState(found["data"]),
        reasons=(*told, *map(Reason, match.sentences), *missing, *map(Reason, case.problems)),
    )


def _no_data(case: Case, match: CaseMatch) -> RatedCase:
    return RatedCase(
        None, None, None, None, False, DataState.NO_DATA, tuple(map(Reason, (*case.problems, *match.sentences)))
    )
