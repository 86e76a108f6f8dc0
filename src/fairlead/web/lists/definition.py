"""What a list is made of: columns, filters, orders; each feature declares its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from fairlead.web.organisations.models import Organisation
from fairlead.write.safe_cell import Value

Text = str | Promise
Choices = Sequence[tuple[str, Text]]
#: What rows of an organisation a value of a filter stands for.
Condition = Callable[[Organisation, str], Q]


@dataclass(frozen=True)
class Column:
    """One column: its heading, the value that an export has, the template of its cell, and the order it gives.

    `order` are the arguments of order_by for ascending order. A cell shows the value, or what `drawn` makes of row,
    value and organisation, or what `template` makes of `row` and `value`: a template reads better and takes ten times
    as long, so the lists that can be long have functions.
    """

    key: str
    title: Text
    value: Callable[[Any], Value]
    template: str = ""
    drawn: Callable[[Any, Value, Organisation], SafeString] | None = None
    order: tuple[str, ...] = ()
    numeric: bool = False
    unit: Text = ""
    exported_only: bool = False


def equals(column: str) -> Condition:
    """Return the condition that a column has the value; `column` as Django's filters name it."""
    return lambda _of, value: Q(**{column: value})


@dataclass(frozen=True)
class Filter:
    """One filter of choices: what is selected by each value of `choices`; several values of one filter are or-ed.

    `slow` is a filter that looks through other tables: its rows are then looked for once, to be shown and counted.
    """

    key: str
    title: Text
    choices: Callable[[Organisation], Choices]
    condition: Condition
    slow: bool = False


@dataclass(frozen=True)
class Lookup:
    """A filter by a value of which there are too many to choose from, such as the id of a party.

    Only an address asks for it, for one value: a page links to the list that belongs to it. `word` is what the value is
    called; `slow` as of a filter.
    """

    key: str
    title: Text
    condition: Condition
    word: Callable[[Organisation, str], Text] = lambda _of, value: value
    slow: bool = False


@dataclass(frozen=True)
class BulkAction:
    """What can be done with the selected rows: the page that takes them, and whether somebody may."""

    title: Text
    page: str
    needs: str


@dataclass(frozen=True)
class SearchLimit:
    """What a search of a list leaves out, as a sentence, and whether it leaves out anything for an organisation."""

    text: Text
    holds: Callable[[Organisation], bool]


@dataclass(frozen=True)
class ListDefinition:
    """A whole list. `rows` are the rows of an organisation, `search` the condition for words that were typed."""

    key: str
    title: Text
    page: str
    rows: Callable[[Organisation], QuerySet[Any]]
    columns: Sequence[Column]
    order: tuple[str, ...]
    search: Condition | None = None
    search_hint: Text = ""
    search_limit: SearchLimit | None = None
    filters: Sequence[Filter] = ()
    lookups: Sequence[Lookup] = ()
    bulk: Sequence[BulkAction] = ()
    id_of: Callable[[Any], str] = field(default=lambda row: str(row.pk))
    empty: str = "lists/empty.html"  # template: what the list will hold and how to begin
    prepare: Callable[[Sequence[Any]], Mapping[str, Any] | None] | None = None  # looks up what the page's rows need

    def column(self, key: str) -> Column | None:
        """Return the column of a key."""
        return next((column for column in self.columns if column.key == key), None)

    @property
    def searchable(self) -> bool:
        """Whether words can be searched for; templates would call `search` itself."""
        return self.search is not None

    @property
    def shown(self) -> Sequence[Column]:
        """The columns that the page shows."""
        return [column for column in self.columns if not column.exported_only]


Row = Model
