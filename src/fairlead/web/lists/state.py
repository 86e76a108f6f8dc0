"""What somebody asked of a list, as its address says it: words, filters, order, page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from fairlead.web.lists.definition import Filter, ListDefinition, Lookup, Text
from fairlead.web.organisations.models import Organisation
from fairlead.web.records.remembered import remembered

PER_PAGE: Final = 50
#: Counting all of a million rows would take longer than showing fifty of them.
MOST_COUNTED: Final = 100_000
#: So many are counted anew each time; of more, the count may be a minute old.
_COUNTED_ANEW: Final = 5_000
_LONGEST_SEARCH: Final = 200


@dataclass(frozen=True)
class Word:
    """A filter or search that is on, as a word with a cross: the address without it takes it away."""

    title: Text
    value: Text
    without: str


class ListState:
    """A list as an address asks for it; what the address says that the list does not know is left out."""

    def __init__(self, definition: ListDefinition, organisation: Organisation, asked: QueryDict) -> None:
        self.definition = definition
        self._organisation = organisation
        self.search = asked.get("q", "").strip()[:_LONGEST_SEARCH]
        self._narrowing: Sequence[Filter | Lookup] = (*definition.filters, *definition.lookups)
        self._choices = {each.key: self._named(each, asked.get(each.key, "")) for each in definition.lookups}
        self.chosen = {each.key: self._chosen(each, asked.getlist(each.key)) for each in self._narrowing}
        order = asked.get("order", "")
        self._order = order if definition.column(order.removeprefix("-")) else ""
        self.page_asked = asked.get("page", "1")

    def _named(self, one: Lookup, asked: str) -> Mapping[str, Text]:
        fits = asked and "\0" not in asked and len(asked) <= _LONGEST_SEARCH
        return {asked: one.word(self._organisation, asked)} if fits else {}

    def choices(self, one: Filter | Lookup) -> Mapping[str, Text]:
        """Return the values of a filter with their words, looked up when needed first, or the one of a lookup."""
        if isinstance(one, Filter) and one.key not in self._choices:
            self._choices[one.key] = dict(one.choices(self._organisation))
        return self._choices[one.key]

    def _chosen(self, one: Filter | Lookup, asked: Sequence[str]) -> list[str]:
        return [value for value in dict.fromkeys(asked) if value in self.choices(one)]

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows that fit, in their order."""
        rows = self.definition.rows(self._organisation)
        for each in self._narrowing:
            if self.chosen[each.key]:
                rows = rows.filter(self._any_of(each))
        if self.search and self.definition.search:
            rows = rows.filter(self.definition.search(self._organisation, self.search))
        return rows.order_by(*self.order_by)

    def _any_of(self, one: Filter | Lookup) -> Q:
        condition = Q()
        for value in self.chosen[one.key]:
            condition |= one.condition(self._organisation, value)
        return condition

    @property
    def order_by(self) -> tuple[str, ...]:
        """What the rows are ordered by, as order_by takes it."""
        column = self.definition.column(self._order.removeprefix("-"))
        if column is None or not column.order:
            return self.definition.order
        first = column.order
        if self._order.startswith("-"):
            first = tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in first)
        return (*first, "pk")

    @cached_property
    def page(self) -> Page[Any]:
        """The page of rows that is shown; the last one where the address asks for more."""
        plain = self.definition.rows(self._organisation)
        slow = self.search or any(each.slow and self.chosen[each.key] for each in self._narrowing)
        at_once = _COUNTED_ANEW + 1 if slow else PER_PAGE
        return _Pages(self.rows, plain, self._organisation, at_once).get_page(self.page_asked)

    @property
    def more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.page.paginator.count > MOST_COUNTED

    @property
    def count(self) -> int:
        """How many rows fit, counted up to MOST_COUNTED."""
        return min(self.page.paginator.count, MOST_COUNTED)

    @property
    def words(self) -> list[Word]:
        """The search and filters that are on, each with the address without it."""
        words = [Word("", f"“{self.search}”", self.address(q=""))] if self.search else []
        for each in self._narrowing:
            for value in self.chosen[each.key]:
                left = [other for other in self.chosen[each.key] if other != value]
                words.append(Word(each.title, self.choices(each)[value], self.address(**{each.key: left})))
        return words

    @property
    def looked_up(self) -> list[tuple[str, str]]:
        """The lookups that are on, each with its key: what is sent along when search and filters change."""
        return [(each.key, value) for each in self.definition.lookups for value in self.chosen[each.key]]

    @property
    def left_out(self) -> Text:
        """What the search does not look through; empty where nobody searches, or it looks through all."""
        limit = self.definition.search_limit
        return limit.text if self.search and limit and limit.holds(self._organisation) else ""

    @property
    def order(self) -> str:
        """The key of the column by which the list is ordered, with a minus where from the highest; else empty."""
        return self._order

    def order_address(self, key: str) -> str:
        """Return the address that orders by a column, or the other way round where it does already."""
        return self.address(order=f"-{key}" if self._order == key else key)

    def address(self, **changes: Any) -> str:
        """Return this list's query with some of its parts changed; the page goes back to the first."""
        parts: dict[str, Any] = {"q": self.search, **self.chosen, "order": self._order, **changes}
        told = {key: value for key, value in parts.items() if value}
        return f"?{urlencode(told, doseq=True)}"

    @property
    def address_now(self) -> str:
        """The query of the list as it is shown, from its first page."""
        return self.address()

    @property
    def csv_address(self) -> str:
        """The address of the whole list as a CSV file."""
        return self.address(export="csv")

    @property
    def xlsx_address(self) -> str:
        """The address of the whole list as an XLSX file."""
        return self.address(export="xlsx")

    @property
    def previous_address(self) -> str:
        """The address of the page before this one."""
        return self.address(page=self.page.number - 1)

    @property
    def next_address(self) -> str:
        """The address of the page after this one."""
        return self.address(page=self.page.number + 1)


class _Pages(Paginator[Any]):
    """Pages of rows that are counted up to a limit; what lies beyond is found by search and filters, and exported.

    First the keys of a page are looked up, for which the database needs only an index however deep the page lies, and
    then the rows themselves. `plain` are the rows without search and filters, which need not be worked out again.
    `at_once` keys are read first: as many as are counted where finding them is what takes the time.
    """

    def __init__(
        self, rows: QuerySet[Any], plain: QuerySet[Any], organisation: Organisation, at_once: int = PER_PAGE
    ) -> None:
        super().__init__(rows, PER_PAGE)
        self._at_once = at_once
        self._organisation = organisation
        self._keys, self._plain = rows.values_list("pk", flat=True), plain.order_by()

    @cached_property
    def _first(self) -> list[Any]:
        return list(self._keys[: self._at_once])

    @cached_property
    def count(self) -> int:
        """How many rows there are, or one more than are counted."""
        count = len(self._first)
        if count < self._at_once:
            return count
        if count <= _COUNTED_ANEW:
            count = self._counted(_COUNTED_ANEW)
        if count <= _COUNTED_ANEW:
            return count
        question = str(self._keys.query).encode()
        return remembered(sha256(question).hexdigest(), self._organisation, lambda: self._counted(MOST_COUNTED))

    def _counted(self, most: int) -> int:
        return self._keys.order_by()[: most + 1].count()

    def page(self, number: int | str) -> Page[Any]:
        """Return one page."""
        number = self.validate_number(number)
        start, end = (number - 1) * PER_PAGE, number * PER_PAGE
        read = end <= self._at_once or len(self._first) < self._at_once
        keys = self._first[start:end] if read else list(self._keys[start:end])
        rows = {row.pk: row for row in self._plain.filter(pk__in=keys)}
        return Page([rows[key] for key in keys if key in rows], number, self)
