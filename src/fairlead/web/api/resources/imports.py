"""Imports: lists uploaded, and how far each is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from fairlead.web.accounts.models import User
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds_files, reads
from fairlead.web.api.problems import Problem, invalid, not_now
from fairlead.web.api.values import Number
from fairlead.web.imports.models import Import
from fairlead.web.imports.state import NotNow, OtherPreview, settle
from fairlead.web.imports.upload import MOST_FILES, take_in
from fairlead.web.imports.views.find import find_import
from fairlead.web.imports.views.imports import IMPORT_LIST
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["imports"])

BASE: Final = "/organisations/{organisation}/imports"


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


def reply(request: ApiRequest, number: int, location: str = "") -> Reply:
    """Return an import as it is now."""
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
    BASE,
    ApiList(definition=IMPORT_LIST, row=ImportRowOut, write=lambda one: ImportRowOut(**_row(one)), narrow=_settled),
    needs=Capability.SEE,
    name="list_imports",
    about="The imports, the newest first.",
)


@adds_files(router, BASE, needs=Capability.IMPORT, reply=ImportOut, most_files=MOST_FILES)
def add_import(request: ApiRequest, lists: File[list[UploadedFile]]) -> Reply:
    """Upload lists; they are read in the background, and nothing is changed before the preview is committed.

    CSV, TSV, XLSX, XLS, ODS or Parquet. Where one of them cannot be a list at all, none is kept.
    """
    taken = take_in(lists, request.organisation, request.user)
    if taken.made is None:
        raise invalid([("body.lists", sentence) for sentence in taken.wrong])
    return reply(request, taken.made.pk, location=f"{request.path}/{taken.made.pk}")


@reads(router, BASE + "/{number}", needs=Capability.SEE, reply=ImportOut)
def read_import(request: ApiRequest, number: Number) -> Reply:
    """One import: how far it is, and in numbers what it would do or has done."""
    return reply(request, number)


def take_step(request: ApiRequest, number: int, step: Callable[[Import, User], None]) -> Reply:
    """Take a step of an import and return it as it is then. Raises Problem with 409 where it cannot be taken."""
    try:
        step(find_import(request, number), request.user)
    except NotNow as error:
        what = "The import is in another state, or another import is just being committed or undone."
        raise not_now(what, "Fetch the import and look at its state; try again when the work is over.") from error
    except OtherPreview as error:
        raise other_preview() from error
    return reply(request, number)


def other_preview() -> Problem:
    """Return the problem that another preview was looked at than the one that is there."""
    what = "The preview was made again meanwhile, and may show something else."
    return not_now(what, "Fetch the import and its tables, look at them, and send the value of `preview` there.")
