"""Lists of the API: the search, filters and orders of the pages' lists, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from ninja import Router
from pydantic import BaseModel, Field, create_model

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Parameter, Reply, in_query, reads
from fairlead.web.api.paging import page_of
from fairlead.web.api.problems import invalid
from fairlead.web.api.values import Number
from fairlead.web.lists.definition import ListDefinition, Lookup
from fairlead.web.lists.state import ListState
from fairlead.web.organisations.capabilities import Capability

MOST_ROWS: Final = 200
_ROWS: Final = 50
_LONGEST: Final = 200


@dataclass(frozen=True)
class ApiList:
    """A list as the API gives it: its definition, how a row is written, and its lookups in place of the page's.

    `narrow` takes away what the caller may not see; `related` fetches what the rows need in a constant number of
    queries. `of` returns the definition where it hangs on the record whose number stands in the address; `definition`
    then is one of its kind, for the document.
    """

    definition: ListDefinition
    row: type[BaseModel]
    write: Callable[[Any], BaseModel]
    lookups: Sequence[Lookup] = ()
    related: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    narrow: Callable[[ApiRequest, QuerySet[Any]], QuerySet[Any]] = lambda request, rows: rows
    of: Callable[[ApiRequest, int], ListDefinition] | None = None

    @property
    def orders(self) -> list[str]:
        """What `order` may say."""
        keys = [column.key for column in self.definition.columns if column.order]
        return [each for key in keys for each in (key, f"-{key}")]


def lists(
    router: Router, path: str, given: ApiList, *, needs: Capability, name: str, about: str
) -> Callable[..., Reply]:
    """Declare the operation that reads a list; `name` is its operationId, `about` its description."""
    page = create_model(
        f"{given.row.__name__.removesuffix('Out')}Page",
        items=(list[given.row], ...),  # type: ignore[name-defined]
        next=(str | None, Field(description="The address of the next page; null on the last")),
    )

    def answer(request: ApiRequest) -> Reply:
        return Reply(page(**_page(request, given)))

    def answer_of(request: ApiRequest, number: Number) -> Reply:
        assert given.of is not None
        return Reply(page(**_page(request, replace(given, definition=given.of(request, number)))))

    chosen: Callable[..., Reply] = answer if given.of is None else answer_of
    chosen.__name__, chosen.__doc__ = name, about
    reads(router, path, needs=needs, reply=page, parameters=_parameters(given))(chosen)
    return chosen


def _page(request: ApiRequest, given: ApiList) -> Mapping[str, Any]:
    asked = request.GET
    _check(request, given, asked)
    state = ListState(replace(given.definition, lookups=given.lookups), request.organisation, asked)
    rows = given.narrow(request, state.rows)
    order = state.order_by
    found, cursor = page_of(given.related(rows), order, asked.get("cursor", ""), int(asked.get("limit", _ROWS)))
    return {"items": [given.write(row) for row in found], "next": _next(request, cursor) if cursor else None}


def _next(request: ApiRequest, cursor: str) -> str:
    asked = {name: values for name, values in request.GET.lists() if name != "cursor"}
    return request.build_absolute_uri(f"{request.path}?{urlencode({**asked, 'cursor': [cursor]}, doseq=True)}")


def _check(request: ApiRequest, given: ApiList, asked: QueryDict) -> None:
    """Raise Problem where a parameter says what the list does not know; pages leave such things out."""
    wrong = []
    for each in given.definition.filters:
        choices = {value for value, _word in each.choices(request.organisation)} if each.key in asked else set()
        for value in asked.getlist(each.key):
            if value not in choices:
                wrong.append((f"query.{each.key}", f"It is none of: {', '.join(sorted(choices)) or 'nothing'}."))
    if "order" in asked and asked["order"] not in given.orders:
        wrong.append(("query.order", f"It is none of: {', '.join(given.orders)}."))
    limit = asked.get("limit", "1")
    if not (limit.isascii() and limit.isdigit() and len(limit) <= len(str(MOST_ROWS)) and 1 <= int(limit) <= MOST_ROWS):
        wrong.append(("query.limit", f"It is no whole number from 1 to {MOST_ROWS}."))
    for name in ("q", *(lookup.key for lookup in given.lookups)):
        if len(asked.get(name, "")) > _LONGEST or "\x00" in asked.get(name, ""):
            wrong.append((f"query.{name}", f"It is longer than {_LONGEST} letters, or holds the letter of code 0."))
    once = ("q", "order", "limit", "cursor", *(lookup.key for lookup in given.lookups))
    wrong += [(f"query.{name}", "It is given more than once.") for name in once if len(asked.getlist(name)) > 1]
    if wrong:
        raise invalid(wrong)


def _parameters(given: ApiList) -> list[Parameter]:
    text = {"type": "string", "maxLength": _LONGEST, "pattern": r"^[^\x00]*$"}
    found = [
        in_query("limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": _ROWS}, "Rows of a page"),
        in_query("cursor", {"type": "string"}, "Where the page begins; take the address in `next` as it is"),
    ]
    if given.orders:
        found.append(in_query("order", {"type": "string", "enum": given.orders}, "By what; with - from the highest"))
    if given.definition.search:
        limit = given.definition.search_limit
        about = f"Search: {given.definition.search_hint}" + (f". {limit.text}" if limit else "")
        found.append(in_query("q", text, about))
    for each in given.definition.filters:
        about = f"Only these: {each.title}. Several values are or-ed. A value that is not known is answered with all."
        found.append(in_query(each.key, {"type": "array", "items": {"type": "string"}}, about))
    return found + [in_query(lookup.key, text, str(lookup.title)) for lookup in given.lookups]
