"""What an import would do: how its columns were understood and can be corrected, and the tables of its preview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from django.http import Http404
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from fairlead.language import Language
from fairlead.model.vocabulary import Workforce
from fairlead.read.amount import Decimals
from fairlead.read.mapping import FieldName
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Reply, adds, in_query, reads
from fairlead.web.api.problems import invalid
from fairlead.web.api.resources.imports import BASE, ImportOut, take_step
from fairlead.web.api.values import Given, Number, ShortText
from fairlead.web.imports import preview
from fairlead.web.imports.correct import checked_sheet, correct_columns
from fairlead.web.imports.outline import read_outline
from fairlead.web.imports.storage import preview_of
from fairlead.web.imports.views.find import find_import
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["imports"])

_MOST_ROWS: Final = 200
_ROWS: Final = 50
Kind = Literal["created", "changed", "unchanged", "known", "review", "rejected", "remarks"]

#: What a row of each table of a preview tells, besides its place.
_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    preview.CREATED: ("name", "kind", "country", "numbers", "place"),
    preview.CHANGED: ("party_id", "name", "field", "old", "new", "how", "place"),
    preview.UNCHANGED: ("party_id", "name", "place"),
    preview.KNOWN: ("name", "known_party_id", "known_name", "probability", "reason"),
    preview.REVIEW: ("left_name", "left_place", "right_name", "right_place", "probability", "reason"),
    preview.REJECTED: ("file", "sheet", "row", "column", "reason", "cells"),
    preview.REMARKS: ("file", "sheet", "row", "column", "reason", "cells"),
}


class ColumnOut(BaseModel):
    """A column of a sheet: its heading, some of its values, and what it is read as."""

    column: str
    heading: str
    examples: list[str]
    field: str
    also: list[str]
    scheme: str | None
    currency: str | None
    decimals: str | None
    multiplier: int
    workforce: str | None


class SheetOut(BaseModel):
    """A sheet. `by` says how its columns were understood: corrected, kept, recognised or none."""

    file: str
    sheet: str
    rows: int
    hidden: bool
    read: bool
    by: str
    what: str
    header_rows: list[int]
    columns: list[ColumnOut]


class ColumnsOut(BaseModel):
    """The sheets of an import."""

    preview: str
    sheets: list[SheetOut]


class ColumnIn(Given):
    """What one column holds."""

    column: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]
    field: FieldName
    scheme: ShortText | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    decimals: Annotated[Decimals, Field(strict=False)] | None = None
    multiplier: Annotated[int, Field(ge=1, le=10**9)] | None = None
    workforce: Annotated[Workforce, Field(strict=False)] | None = None


class SheetIn(Given):
    """How a sheet is to be read; columns that are left out are not used."""

    file: ShortText
    sheet: ShortText = ""
    read: bool = True
    header_rows: list[Annotated[int, Field(ge=1, le=60)]] = Field(max_length=2)
    columns: list[ColumnIn] = Field(max_length=200)


class ColumnsIn(Given):
    """The corrected mapping; sheets that are left out stay as they are."""

    sheets: list[SheetIn] = Field(min_length=1, max_length=500)


class TableRowOut(BaseModel):
    """A row of a table of a preview: its place, counted from 0, and what it tells; null is not known."""

    place: int
    told: dict[str, str | int | float | list[str] | None]


class TablePage(BaseModel):
    """Some rows of a table of a preview."""

    preview: str
    total: int
    items: list[TableRowOut]
    next: str | None = Field(description="The address of the next page; null on the last")


@reads(router, BASE + "/{number}/columns", needs=Capability.IMPORT, reply=ColumnsOut)
def read_import_columns(request: ApiRequest, number: Number) -> Reply:
    """How the columns of every sheet were understood."""
    one = find_import(request, number)
    sheets = read_outline(preview_of(one)) if one.seen else []
    return Reply(ColumnsOut(preview=one.preview, sheets=[_sheet(each) for each in sheets]))


def _sheet(outline: Mapping[str, Any]) -> SheetOut:
    uses = {use["column"]: use for use in outline["mapping"]["columns"]}
    columns = []
    for each in outline["columns"]:
        use = uses.get(each["letter"], {})
        same = ("scheme", "currency", "decimals", "workforce")
        columns.append(
            ColumnOut(
                column=each["letter"],
                heading=each["heading"],
                examples=each["examples"],
                field=use.get("field", "ignored"),
                also=use.get("also", []),
                multiplier=use.get("multiplier", 1),
                **{name: use.get(name) for name in same},
            )
        )
    names = ("file", "sheet", "rows", "hidden", "read", "by", "what", "header_rows")
    return SheetOut(columns=columns, **{name: outline[name] for name in names})


@adds(router, BASE + "/{number}/columns", needs=Capability.IMPORT, reply=ImportOut, status=200)
def correct_import_columns(request: ApiRequest, number: Number, body: ColumnsIn) -> Reply:
    """Correct how columns are understood, and have the files read again.

    What is corrected is kept for the next list with the same headings.
    """
    one = find_import(request, number)
    outlines = {(each["file"], each["sheet"]): each for each in (read_outline(preview_of(one)) if one.seen else [])}
    sheets = {
        key: {**{name: each["mapping"][name] for name in ("file", "sheet", "read", "header_rows", "columns")}}
        for key, each in outlines.items()
    }
    for place, told in enumerate(body.sheets):
        outline = outlines.get((told.file, told.sheet))
        if outline is None:
            raise invalid([(f"body.sheets.{place}", "The import has no such sheet.")])
        try:
            sheets[told.file, told.sheet] = checked_sheet(told.model_dump(mode="json"), outline)
        except ValueError as error:
            raise invalid([(f"body.sheets.{place}", str(error))]) from error
    return take_step(request, number, lambda one, user: correct_columns(one, list(sheets.values()), user))


_PAGES: Final = (
    in_query("first", {"type": "integer", "minimum": 0, "default": 0}, "The place of the first row"),
    in_query("limit", {"type": "integer", "minimum": 1, "maximum": _MOST_ROWS, "default": _ROWS}, "Rows of a page"),
)


@reads(router, BASE + "/{number}/tables/{kind}", needs=Capability.IMPORT, reply=TablePage, parameters=_PAGES)
def read_import_table(request: ApiRequest, number: Number, kind: Kind) -> Reply:
    """One table of the preview, or of what was rejected and remarked, in the order of the list.

    Reasons are in English. The rows of a preview never change, so their places do not move.
    """
    first, limit = _whole(request, "first", 0, 2**31), _whole(request, "limit", _ROWS, _MOST_ROWS)
    one = find_import(request, number)
    if not (one.seen and (preview_of(one) / f"{kind}.parquet").is_file()):
        raise Http404
    rows, total = preview.page(preview_of(one), kind, first, limit)
    items = [TableRowOut(place=first + place, told=_told(kind, row)) for place, row in enumerate(rows)]
    after = first + limit
    following = request.build_absolute_uri(f"{request.path}?first={after}&limit={limit}") if after < total else None
    return Reply(TablePage(preview=one.preview, total=total, items=items, next=following))


def _whole(request: ApiRequest, name: str, default: int, most: int) -> int:
    text = request.GET.get(name, str(default))
    least = 0 if name == "first" else 1
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise invalid([(f"query.{name}", f"It is no whole number from {least} to {most}.")])
    if len(request.GET.getlist(name)) > 1:
        raise invalid([(f"query.{name}", "It is given more than once.")])
    return int(text)


def _told(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, row[name]) for name in _TOLD[kind]}


def _value(name: str, value: Any) -> Any:
    if name == "reason" and value is not None:
        return Language("en").render(value)
    return value if isinstance(value, (str, int, float, list)) or value is None else str(value)
