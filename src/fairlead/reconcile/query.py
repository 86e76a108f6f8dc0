"""What a client asks, read from JSON and checked; both the batches of version 0.2 and the single queries of 0.1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from fairlead.errors import RequestError
from fairlead.model.vocabulary import PartyKind
from fairlead.read.born import find_born
from fairlead.read.country import find_country
from fairlead.read.names import LONGEST_NAME, visible
from fairlead.read.words import cell_key, clean, kinds
from fairlead.reconcile.words import Property
from fairlead.screen.list_entry import compact_numbers

#: So many queries may come at once, and so many should.
MOST_QUERIES: Final = 1000
GOOD_BATCH: Final = 50
#: So many candidates are given where a query does not say, and at most.
USUAL_LIMIT: Final = 5
MOST_CANDIDATES: Final = 50
_MOST_EXTENDED: Final = 10_000


@dataclass(frozen=True)
class Query:
    """One question: a name as it stands, and what else is known of it. `types` is empty where any will do."""

    name: str
    types: tuple[str, ...] = ()
    limit: int = USUAL_LIMIT
    country: str | None = None
    kind: PartyKind = PartyKind.UNKNOWN
    numbers: frozenset[tuple[str, str]] = frozenset()
    born: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extension:
    """A question for what is known of entities: their ids and the properties, as the client names them."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def read_queries(text: str | bytes) -> dict[str, Query]:
    """Read the parameter `queries`: an object of queries by any keys.

    Raises RequestError, naming the key, where it is not that.
    """
    content = _json(text, "queries")
    if not isinstance(content, dict):
        raise RequestError("“queries” is not an object of queries.", do='Send {"q0": {"query": "a name"}}.')
    if len(content) > MOST_QUERIES:
        raise RequestError(f"There are {len(content)} queries at once.", do=f"Send {MOST_QUERIES} at most.")
    return {key: _query(value, key) for key, value in content.items()}


def read_single_query(text: str) -> Query:
    """Read the parameter `query` of version 0.1: a name as it stands, or one query as an object of JSON."""
    return _query(_json(text, "query"), "query") if text.lstrip().startswith("{") else _query({"query": text}, "query")


def read_extension(text: str | bytes) -> Extension:
    """Read the parameter `extend`; raises RequestError where it is no extension query."""
    content = _json(text, "extend")
    try:
        ids = tuple(_text(each) for each in content["ids"])
        properties = tuple(_text(each["id"]) for each in content["properties"])
    except (KeyError, TypeError) as error:
        raise RequestError(
            "“extend” is not a query for values.",
            do='Send {"ids": ["…"], "properties": [{"id": "country"}]}.',
        ) from error
    if len(ids) > _MOST_EXTENDED:
        raise RequestError(f"There are {len(ids)} ids at once.", do=f"Send {_MOST_EXTENDED} at most.")
    return Extension(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(properties)))


def _json(text: str | bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestError(f"“{name}” is not JSON: {error}.", do="Correct the program that asks.") from error


def _query(content: Any, key: str) -> Query:
    if not isinstance(content, dict):
        raise RequestError(f"The query “{key}” is not an object.", do='Send {"query": "a name"}.')
    name = content.get("query", "")
    if not isinstance(name, str):
        raise RequestError(f"The name in the query “{key}” is not a text.", do='Send {"query": "a name"}.')
    said = _properties(content.get("properties"), key)
    countries = [code for text in said.get(Property.COUNTRY, ()) if (code := find_country(text))]
    return Query(
        name=clean(visible(name))[:LONGEST_NAME],
        types=_types(content.get("type"), key),
        limit=_limit(content.get("limit"), key),
        country=countries[0] if countries else None,
        kind=next((kind for text in said.get(Property.KIND, ()) if (kind := _kind(text))), PartyKind.UNKNOWN),
        numbers=frozenset(
            ("", number) for text in said.get(Property.IDENTIFIER, ()) for number in compact_numbers(text)
        ),
        born=tuple(dict.fromkeys(date for text in said.get(Property.BORN, ()) for date in find_born(text))),
    )


def _types(value: Any, key: str) -> tuple[str, ...]:
    if value is None:
        return ()
    given = value if isinstance(value, list) else [value]
    try:
        return tuple(_text(each["id"] if isinstance(each, dict) else each) for each in given)
    except (KeyError, TypeError) as error:
        raise RequestError(f"The type in the query “{key}” is not the id of a type.", do="Send a text.") from error


def _limit(value: Any, key: str) -> int:
    if value is None:
        return USUAL_LIMIT
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or value < 0:  # noqa: PLR0124 - NaN
        raise RequestError(f"The limit in the query “{key}” is not a number.", do="Send a whole number.")
    return min(int(value), MOST_CANDIDATES)


def _properties(value: Any, key: str) -> Mapping[str, Sequence[str]]:
    """Return the values of each property as texts; properties that the service does not know stay without effect."""
    found: dict[str, list[str]] = {}
    try:
        for each in value or ():
            values = each["v"] if isinstance(each["v"], list) else [each["v"]]
            found.setdefault(_text(each["pid"]), []).extend(map(_value, values))
    except (KeyError, TypeError) as error:
        raise RequestError(
            f"The properties in the query “{key}” are not pairs of pid and v.",
            do='Send [{"pid": "country", "v": "KAZ"}].',
        ) from error
    return found


def _value(value: Any) -> str:
    """Return a value as text: an entity that was reconciled itself stands for its name, or else its id."""
    if isinstance(value, dict):
        return str(value.get("name") or value["id"])
    return "" if value is None else str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _kind(text: str) -> PartyKind | None:
    key = cell_key(text)
    found = kinds().get(key)
    if found is None and key in {kind.value for kind in PartyKind}:
        found = key
    return PartyKind(found) if found else None
