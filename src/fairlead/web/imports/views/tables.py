"""The tables of a preview, page by page, and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.web.imports import preview, words
from fairlead.web.imports.models import Import
from fairlead.web.imports.storage import preview_of
from fairlead.web.imports.views.find import find_import
from fairlead.web.lists.table_file import Table, exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.site.templatetags.words import country, party_kind, sentence

PER_PAGE: Final = 50
Row = Mapping[str, Any]
Cell = Callable[[Row], str]


@dataclass(frozen=True)
class Shown:
    """How a table is shown: its title, what it holds, its columns by their headings."""

    title: str | Promise
    says: str | Promise
    columns: Sequence[tuple[str | Promise, Cell]]


def _plain(name: str) -> Cell:
    return lambda row: "" if row[name] is None else str(row[name])


_PLACE: Final = (_("Where it stands"), _plain("place"))
_REASON: Final = (_("Reason"), lambda row: sentence(row["reason"]))
_OF_FILE: Final = (
    (_("File"), _plain("file")),
    (_("Sheet"), _plain("sheet")),
    (_("Row"), _plain("row")),
    (_("Column"), _plain("column")),
    _REASON,
    (_("Cells"), lambda row: " | ".join(row["cells"] or ())),
)

SHOWN: Final[Mapping[str, Shown]] = {
    preview.CREATED: Shown(
        _("New parties"),
        _("Nobody who is known is like them. They are created."),
        (
            (_("Name"), _plain("name")),
            (_("Kind"), lambda row: party_kind(row["kind"])),
            (_("Country"), lambda row: country(row["country"])),
            (_("Numbers"), _plain("numbers")),
            _PLACE,
        ),
    ),
    preview.CHANGED: Shown(
        _("Changes of known parties"),
        _("Field by field. Nothing that is known is overwritten by a list, but figures of another day are."),
        (
            (_("Party"), _plain("name")),
            (_("Field"), lambda row: str(words.CHANGED_FIELDS.get(row["field"], row["field"]))),
            (_("Known"), _plain("old")),
            (_("In the list"), _plain("new")),
            (_("What becomes of it"), lambda row: str(words.HOW.get(row["how"], row["how"]))),
            _PLACE,
        ),
    ),
    preview.UNCHANGED: Shown(
        _("Unchanged parties"),
        _("The list says of them what is known already, or was taken in before."),
        ((_("Party"), _plain("name")), _PLACE),
    ),
    preview.KNOWN: Shown(
        _("Parties that are known"),
        _("They are as surely the same as two rows of one list are. Their rows are added to the known party."),
        (
            (_("In the list"), _plain("name")),
            (_("Known as"), _plain("known_name")),
            (_("Likeness"), lambda row: "" if row["probability"] is None else f"{row['probability']:.0%}"),
            _REASON,
        ),
    ),
    preview.REVIEW: Shown(
        _("Doubtful pairs"),
        _("They may be one party. They stay two until a person says that they are the same."),
        (
            (_("One"), _plain("left_name")),
            (_("Where it stands"), _plain("left_place")),
            (_("The other"), _plain("right_name")),
            (_("Where it stands"), _plain("right_place")),
            (_("Likeness"), lambda row: f"{row['probability']:.0%}"),
            _REASON,
        ),
    ),
    preview.REJECTED: Shown(
        _("Rejected rows"),
        _("They could not be used. They are kept here as they stood, and can be downloaded at any time."),
        _OF_FILE,
    ),
    preview.REMARKS: Shown(
        _("Remarks"),
        _("The rows are used; one of their values is not, or was read with care."),
        _OF_FILE,
    ),
}


@needs(Capability.IMPORT)
def table_page(request: MemberRequest, number: int, kind: str) -> HttpResponse:
    """Show one table of a preview, or give it as a file with `?export=csv` or xlsx."""
    one = find_import(request, number)
    if kind not in SHOWN or not (one.seen and (preview_of(one) / f"{kind}.parquet").is_file()):
        raise Http404
    if file := exported(request, lambda: _table(one, kind)):
        return file
    shown = SHOWN[kind]
    total = preview.page(preview_of(one), kind, 0, 1)[1]
    page = Paginator(range(total), PER_PAGE).get_page(request.GET.get("page", "1"))
    rows, total = preview.page(preview_of(one), kind, (page.number - 1) * PER_PAGE, PER_PAGE)
    shown_rows = [_row(kind, row, shown) for row in rows]
    context: dict[str, Any] = {
        "one": one,
        "kind": kind,
        "shown": shown,
        "headings": [heading for heading, _cell in shown.columns],
        "rows": shown_rows,
        "page": page,
        "total": total,
    }
    if kind == preview.REVIEW:
        pairs = zip(rows, shown_rows, _decided(one, rows), strict=True)
        context["pairs"] = list(pairs)
    return render(request, f"imports/{'review' if kind == preview.REVIEW else 'table'}.html", context)


def _row(kind: str, row: Row, shown: Shown) -> dict[str, Any]:
    party = row.get("known_party_id") if kind == preview.KNOWN else row.get("party_id")
    linked = kind in (preview.CHANGED, preview.UNCHANGED, preview.KNOWN)
    return {"cells": [cell(row) for _heading, cell in shown.columns], "party": party if linked else None}


def _decided(one: Import, rows: Sequence[Row]) -> list[str]:
    """Return for each pair what was said of it last, as a word; empty where nobody has said anything."""
    found = {(each.left_key, each.right_key): each.decision for each in one.decisions.order_by("pk")}
    said = [found.get((row["left_key"], row["right_key"]), "") for row in rows]
    return [str(words.DECISIONS[decision]) if decision else "" for decision in said]


def _table(one: Import, kind: str) -> Table:
    shown, name = SHOWN[kind], f"import-{one.pk}-{kind}"
    if kind in (preview.REJECTED, preview.REMARKS):
        return Table(name, shown.title, _headings_with_cells(one, kind), _rows_with_cells(one, kind))
    rows = preview.each_row(preview_of(one), kind)
    cells = ([cell(row) for _heading, cell in shown.columns] for row in rows)
    return Table(name, shown.title, [heading for heading, _cell in shown.columns], cells)


def _headings_with_cells(one: Import, kind: str) -> list[str]:
    width = max((len(row["cells"] or ()) for row in preview.each_row(preview_of(one), kind)), default=0)
    named = [str(heading) for heading, _cell in _OF_FILE[:-1]]
    return [*named, *(f"{number}" for number in range(1, width + 1))]


def _rows_with_cells(one: Import, kind: str) -> Iterator[list[str]]:
    """Yield each row with its original cells, each in a cell of its own."""
    for row in preview.each_row(preview_of(one), kind):
        yield [*(cell(row) for _heading, cell in _OF_FILE[:-1]), *(row["cells"] or ())]
