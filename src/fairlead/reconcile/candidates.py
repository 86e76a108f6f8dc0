"""Who may be meant: for every query the entities that are most like it, each with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from fairlead.identity.compare import Details
from fairlead.identity.name import read_name
from fairlead.language import Language
from fairlead.model.vocabulary import Verdict
from fairlead.reconcile.catalogue import Catalogue, Entity, Source
from fairlead.reconcile.describe import described
from fairlead.reconcile.query import Query
from fairlead.reconcile.words import type_object
from fairlead.screen.hit import Hit
from fairlead.screen.prepare import Party
from fairlead.screen.reasons import hit_reasons
from fairlead.screen.screen import closest

#: The feature that carries the score; the others are the keys of identity/tables/features.yaml.
LIKENESS: Final = "likeness"
_DIGITS: Final = 2


def reconcile(catalogue: Catalogue, queries: Mapping[str, Query], language: Language) -> dict[str, Any]:
    """Return the answer to a batch: for every key its candidates, the best first, with scores from 0 to 100.

    `match` is true for one candidate at most: the only one of all that comes to the same party beyond doubt. A name
    that says too little, or nothing, has no candidates.
    """
    parties = [_party(place, query) for place, query in enumerate(queries.values())]
    found: list[list[tuple[Hit, Entity]]] = [[] for _ in parties]
    for source in catalogue.sources:
        asked = [
            party
            for party, query in zip(parties, queries.values(), strict=True)
            if not query.types or source.entity_type in query.types
        ]
        for place, hit, entity in _search(source, asked):
            found[place].append((hit, entity))
    return {
        key: {"result": _result(hits, query.limit, catalogue.as_of, language)}
        for (key, query), hits in zip(queries.items(), found, strict=True)
    }


def _search(source: Source, parties: Sequence[Party]) -> list[tuple[int, Hit, Entity]]:
    return [(int(hit.party_id), hit, source.entities[entry]) for hit, entry in closest(parties, source.listed)]


def _party(place: int, query: Query) -> Party:
    readings = tuple((query.name, reading) for reading in read_name(query.name, query.kind, query.country))
    countries = (query.country,) if query.country else ()
    return Party(str(place), readings, Details(query.kind, countries, query.numbers, born=query.born))


def _result(hits: list[tuple[Hit, Entity]], limit: int, as_of: date, language: Language) -> list[dict[str, Any]]:
    certain = sum(hit.comparison.verdict is Verdict.MATCH for hit, _ in hits)
    ordered = sorted(hits, key=lambda each: (*_precedence(each[0]), each[1].entity_id))
    return [_candidate(hit, entity, certain == 1, as_of, language) for hit, entity in ordered[:limit]]


def _precedence(hit: Hit) -> tuple[bool, float]:
    return hit.comparison.verdict is not Verdict.MATCH, -hit.comparison.score


def _candidate(hit: Hit, entity: Entity, alone: bool, as_of: date, language: Language) -> dict[str, Any]:
    comparison = hit.comparison
    score = round(100 * comparison.score, _DIGITS)
    reasons = " ".join(map(language.render, hit_reasons(hit, as_of)))
    return {
        "id": entity.entity_id,
        "name": hit.listed_name,
        "description": f"{described(entity, as_of, language)}. {reasons}",
        "score": score,
        "match": alone and comparison.verdict is Verdict.MATCH,
        "type": [type_object(entity.entity_type)],
        "features": [
            {"id": LIKENESS, "value": score},
            *({"id": feature, "value": True} for feature in comparison.features),
        ],
    }
