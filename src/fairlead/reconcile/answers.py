"""Answers beside the candidates: suggestions while somebody types, and the values of properties."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from fairlead.language import Language
from fairlead.model.message import message
from fairlead.reconcile.catalogue import Catalogue, Entity
from fairlead.reconcile.describe import described, values
from fairlead.reconcile.query import Extension
from fairlead.reconcile.words import (
    IN_QUERIES,
    OF_ENTITIES,
    PROPERTY_NAMES,
    TYPE_NAMES,
    EntityType,
    Property,
    type_object,
)

_OF_A_LISTING: Final = (Property.LISTED_ON, Property.ENDED, Property.PROGRAMME)
#: So many suggestions are given at a time.
SUGGESTIONS: Final = 10
#: How far down suggestions can be asked for.
MOST_SUGGESTIONS: Final = 1000


def suggest_entities(catalogue: Catalogue, prefix: str, cursor: int, language: Language) -> dict[str, Any]:
    """Return entities whose name, in whatever script, begins so; `cursor` is how many to skip."""
    if not prefix.strip():
        return {"result": []}
    found = islice(catalogue.beginning_with(prefix), min(cursor, MOST_SUGGESTIONS), cursor + SUGGESTIONS)
    return {"result": [_suggestion(entity, name, catalogue, language) for entity, name in found]}


def _suggestion(entity: Entity, name: str, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    known = described(entity, catalogue.as_of, language)
    if name != entity.entry.name:
        known = language.render(message("also called {name}, {known}", name=name, known=known))
    return {
        "id": entity.entity_id,
        "name": entity.entry.name,
        "description": known,
        "notable": [type_object(entity.entity_type)],
    }


def suggest_types(catalogue: Catalogue, prefix: str) -> dict[str, Any]:
    """Return the types that there are whose id or name holds the text."""
    return {"result": [type_object(each) for each in catalogue.types if _holds(prefix, each.value, TYPE_NAMES[each])]}


def suggest_properties(prefix: str) -> dict[str, Any]:
    """Return the properties that can narrow a query whose id or name holds the text."""
    found = (each for each in IN_QUERIES if _holds(prefix, each.value, PROPERTY_NAMES[each]))
    return {"result": [_property(each) for each in found]}


def _holds(text: str, *words: str) -> bool:
    wanted = text.strip().casefold()
    return any(wanted in word.casefold() for word in words)


def propose_properties(entity_type: str, limit: int | None) -> dict[str, Any]:
    """Return the properties whose values can be fetched for a type; suppliers have no listing."""
    chosen = OF_ENTITIES
    if entity_type == EntityType.SUPPLIER:
        chosen = tuple(each for each in OF_ENTITIES if each not in _OF_A_LISTING)
    answer: dict[str, Any] = {"properties": [_property(each) for each in islice(chosen, limit)]}
    if entity_type:
        answer["type"] = entity_type
    if limit is not None:
        answer["limit"] = limit
    return answer


def extend(catalogue: Catalogue, asked: Extension) -> dict[str, Any]:
    """Return the values of properties of entities; an id or a property that is not known has none."""
    meta = [{"id": each, "name": PROPERTY_NAMES.get(each, each)} for each in asked.properties]  # type: ignore[call-overload]
    rows = {}
    for entity_id in asked.ids:
        entity = catalogue.by_id.get(entity_id)
        rows[entity_id] = {
            each: [{"str": value} for value in values(entity, each, catalogue.as_of)] if entity else []
            for each in asked.properties
        }
    return {"meta": meta, "rows": rows}


def _property(each: Property) -> dict[str, str]:
    return {"id": each.value, "name": PROPERTY_NAMES[each]}
