"""Imports: lists uploaded, their columns corrected, what they would do looked at, committed, undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from django.db.models import QuerySet
from django.http import Http404
from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field, StringConstraints

from fairlead.language import Language
from fairlead.model.vocabulary import Decision, Workforce
from fairlead.read.amount import Decimals
from fairlead.read.mapping import FieldName
from fairlead.web.accounts.models import User
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, adds_files, in_query, reads
from fairlead.web.api.problems import Problem, invalid, not_now
from fairlead.web.api.values import Given, Number, ShortText
from fairlead.web.imports import preview
from fairlead.web.imports.correct import checked_sheet, correct_columns
from fairlead.web.imports.decide import NoSuchPair, decide
from fairlead.web.imports.models import Import
from fairlead.web.imports.outline import read_outline
from fairlead.web.imports.state import NotNow, OtherPreview, begin_commit, begin_reading, begin_undo, discard, settle
from fairlead.web.imports.storage import preview_of
from fairlead.web.imports.upload import MOST_FILES, take_in
from fairlead.web.imports.views.find import find_import
from fairlead.web.imports.views.imports import IMPORT_LIST
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["imports"])

_BASE: Final = "/organisations/{organisation}/imports"
_MOST_ROWS: Final = 200
_ROWS: Final = 50
Kind = Literal["created", "changed", "unchanged", "known", "review", "rejected", "remarks"]
Shown = Annotated[
    str,
    StringConstraints(max_length=40, pattern=r"^[^\x00]*$"),
    Field(description="The preview that was looked at: what `preview` of the import says"),
]

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


class ImportFileOut(BaseModel):
    """One uploaded file."""

    name: str
    size: int
    sha256: str
    notes: list[str] = Field(description="What was noticed of it, such as macros, which are never run")


class ImportRowOut(BaseModel):
    """An import as the list has it. `preview` names what would be done; committing says which one was looked at."""

    number: int
    state: str
    what: str = Field(description="Why it could not be read or committed, and what to do")
    job: int | None = Field(description="The background work that goes on or was last")
    preview: str
    counts: dict[str, int]
    files: list[ImportFileOut]
    created_at: datetime
    committed_at: datetime | None
    undone_at: datetime | None


class KeptOut(BaseModel):
    """A party that undoing has left in place, and the kinds of later work that rest on it."""

    party: str
    because: list[str]


class ImportOut(ImportRowOut):
    """An import. `undecided` decisions on doubtful pairs were made since the preview; reading again takes them in."""

    undecided: int
    kept: list[KeptOut] = Field(description="The first 50 parties that undoing has left in place")


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


class ShownIn(Given):
    """Which preview was looked at."""

    preview: Shown


class PairIn(Given):
    """What is said of a doubtful pair."""

    preview: Shown
    place: Annotated[int, Field(ge=0, le=2**31)] = Field(description="The place of the pair in the table `review`")
    decision: Annotated[Decision, Field(strict=False)]


class DecidedOut(BaseModel):
    """What came of a decision on a pair of an import."""

    merged: int | None = Field(description="The number of the merge, where both were in use already")


def _row(one: Import) -> dict[str, Any]:
    same = ("state", "what", "preview", "counts", "created_at", "committed_at", "undone_at")
    return {
        "number": one.pk,
        "job": one.job_id,
        "files": [
            ImportFileOut(name=file.name, size=file.size, sha256=file.sha256, notes=file.notes)
            for file in one.files.all()
        ],
        **{name: getattr(one, name) for name in same},
    }


def _reply(request: ApiRequest, number: int, location: str = "") -> Reply:
    one = find_import(request, number)
    kept = one.kept.select_related("party").order_by("party__folded")[:50]
    content = ImportOut(
        **_row(one),
        undecided=one.undecided,
        kept=[KeptOut(party=each.party.uid, because=each.because) for each in kept],
    )
    return Reply(content, location=location)


def _settled(request: ApiRequest, rows: QuerySet[Import]) -> QuerySet[Import]:
    settle(request.organisation)
    return rows


lists(
    router,
    _BASE,
    ApiList(definition=IMPORT_LIST, row=ImportRowOut, write=lambda one: ImportRowOut(**_row(one)), narrow=_settled),
    needs=Capability.SEE,
    name="list_imports",
    about="The imports, the newest first.",
)


@adds_files(router, _BASE, needs=Capability.IMPORT, reply=ImportOut, most_files=MOST_FILES)
def add_import(request: ApiRequest, lists: File[list[UploadedFile]]) -> Reply:
    """Upload lists; they are read in the background, and nothing is changed before the preview is committed.

    CSV, TSV, XLSX, XLS, ODS or Parquet. Where one of them cannot be a list at all, none is kept.
    """
    taken = take_in(lists, request.organisation, request.user)
    if taken.made is None:
        raise invalid([("body.lists", sentence) for sentence in taken.wrong])
    return _reply(request, taken.made.pk, location=f"{request.path}/{taken.made.pk}")


@reads(router, _BASE + "/{number}", needs=Capability.SEE, reply=ImportOut)
def read_import(request: ApiRequest, number: Number) -> Reply:
    """One import: how far it is, and in numbers what it would do or has done."""
    return _reply(request, number)


@reads(router, _BASE + "/{number}/columns", needs=Capability.IMPORT, reply=ColumnsOut)
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


@adds(router, _BASE + "/{number}/columns", needs=Capability.IMPORT, reply=ImportOut, status=200)
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
    return _step(request, number, lambda one, user: correct_columns(one, list(sheets.values()), user))


_PAGES: Final = (
    in_query("first", {"type": "integer", "minimum": 0, "default": 0}, "The place of the first row"),
    in_query("limit", {"type": "integer", "minimum": 1, "maximum": _MOST_ROWS, "default": _ROWS}, "Rows of a page"),
)


@reads(router, _BASE + "/{number}/tables/{kind}", needs=Capability.IMPORT, reply=TablePage, parameters=_PAGES)
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


def _step(request: ApiRequest, number: int, step: Callable[[Import, User], None]) -> Reply:
    """Take a step of an import and return it as it is then. Raises Problem with 409 where it cannot be taken."""
    try:
        step(find_import(request, number), request.user)
    except NotNow as error:
        what = "The import is in another state, or another import is just being committed or undone."
        raise not_now(what, "Fetch the import and look at its state; try again when the work is over.") from error
    except OtherPreview as error:
        raise _other_preview() from error
    return _reply(request, number)


def _other_preview() -> Problem:
    what = "The preview was made again meanwhile, and may show something else."
    return not_now(what, "Fetch the import and its tables, look at them, and send the value of `preview` there.")


@adds(router, _BASE + "/{number}/decide", needs=Capability.IMPORT, reply=DecidedOut, status=200)
def decide_import_pair(request: ApiRequest, number: Number, body: PairIn) -> Reply:
    """Say of a doubtful pair that both are the same, different, or that one cannot tell; later imports keep to it."""
    one = find_import(request, number)
    try:
        merged = decide(one, body.place, body.decision, shown=body.preview, user=request.user)
    except NotNow as error:
        raise not_now("There is no preview now, or work goes on.", "Fetch the import and try again.") from error
    except OtherPreview as error:
        raise _other_preview() from error
    except NoSuchPair as error:
        raise invalid([("body.place", "The preview has no doubtful pair there.")]) from error
    return Reply(DecidedOut(merged=merged.pk if merged else None))


@adds(router, _BASE + "/{number}/commit", needs=Capability.IMPORT, reply=ImportOut, status=200)
def commit_import(request: ApiRequest, number: Number, body: ShownIn) -> Reply:
    """Commit what the preview shows: all of it or nothing, in the background.

    Where the parties have changed so that it would do something else, nothing is committed and there is a new preview.
    """
    return _step(request, number, lambda one, user: begin_commit(one, user, shown=body.preview))


def _declare(step: Callable[[Import, User], None], path: str, name: str, about: str) -> None:
    def take(request: ApiRequest, number: Number) -> Reply:
        return _step(request, number, step)

    take.__name__, take.__doc__ = name, about
    take.__annotations__ = {"request": ApiRequest, "number": Number, "return": Reply}
    address = f"{_BASE}/{{number}}/{path}"
    adds(router, address, needs=Capability.IMPORT, reply=ImportOut, status=200, media_type=None)(take)


for _step_of in (
    (begin_undo, "undo", "undo_import", "Undo a committed import, in the background; what later work rests on stays."),
    (
        begin_reading,
        "read-again",
        "read_import_again",
        "Read the files again, with what was decided on pairs.",
    ),
    (discard, "discard", "discard_import", "Give an import up that was not committed; its rejected rows stay."),
):
    _declare(*_step_of)
