"""One change made to many parties at once, and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from fairlead.model.vocabulary import PartyKind
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.problems import invalid, not_now
from fairlead.web.api.values import Country, Given, Number, ShortText
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import bulk_change
from fairlead.web.parties.bulk_forms import BulkForm
from fairlead.web.parties.models import BulkChange

router = Router(tags=["parties"])

_BASE: Final = "/organisations/{organisation}/bulk-changes"


class BulkChangeOut(BaseModel):
    """A change of many parties. Very many are changed in the background; `done_at` says when all were."""

    number: int
    change: str
    job: int | None = Field(description="The background work just begun, where they are very many")
    parties: int
    changed: int
    stayed: int | None = Field(description="After undoing: so many were changed again since and stay as they are")
    at: datetime
    done_at: datetime | None
    undone_at: datetime | None


class BulkChangeIn(Given):
    """Which parties are meant, by their ids or by a query of the list, and one change with its value."""

    parties: list[ShortText] | None = Field(default=None, min_length=1, max_length=bulk_change.MOST_SELECTED)
    query: Annotated[str, StringConstraints(max_length=2_000, pattern=r"^\?[^\x00#]*$")] | None = Field(
        default=None, description="What stands after the address of the list of parties, such as ?band=high; ? is all"
    )
    change: Literal["kind", "tier", "country", "note", "label", "unlabel", "withdraw"]
    kind: Annotated[PartyKind, Field(strict=False)] | None = None
    tier: Annotated[int, Field(ge=1, le=100)] | None = None
    country: Country | None = None
    note: Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")] = ""
    label: Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")] = ""


def _reply(bulk: BulkChange, *, job: int | None = None, stayed: int | None = None, location: str = "") -> Reply:
    bulk.refresh_from_db()
    content = BulkChangeOut(
        number=bulk.pk,
        change=bulk.change["field"],
        job=job,
        parties=bulk.items.count(),
        changed=bulk.items.exclude(before__isnull=True).count(),
        stayed=stayed,
        **{name: getattr(bulk, name) for name in ("at", "done_at", "undone_at")},
    )
    return Reply(content, location=location)


def _selection(body: BulkChangeIn) -> dict[str, Any]:
    if (body.parties is None) == (body.query is None):
        raise invalid([("body", "Say either which parties, or a query.")])
    return {"selected": body.parties} if body.parties is not None else {"query": body.query}


@adds(router, _BASE, needs=Capability.EDIT, reply=BulkChangeOut)
def change_parties(request: ApiRequest, body: BulkChangeIn) -> Reply:
    """Change many parties at once: set a fact, add a note, give or take a label, take them out of use."""
    selection = _selection(body)
    change: dict[str, Any] = {"field": "withdraw", "value": ""}
    if body.change != "withdraw":
        given = body.model_dump(mode="json", exclude={"parties", "query", "change"})
        data = {name: "" if value is None else value for name, value in given.items()}
        taken = {"unlabel": body.label} if body.change == "unlabel" else {}
        form = BulkForm(request.organisation, {**data, **taken, "field": body.change})
        checked(form, {"field": "change", "unlabel": "label"})
        change = form.change()
    bulk, job = bulk_change.begin(request.organisation, request.user, selection, change)
    return _reply(bulk, job=job.pk if job else None, location=f"{request.path}/{bulk.pk}")


def _find(request: ApiRequest, number: int) -> BulkChange:
    return get_object_or_404(BulkChange, pk=number, organisation=request.organisation)


@reads(router, _BASE + "/{number}", needs=Capability.EDIT, reply=BulkChangeOut)
def read_bulk_change(request: ApiRequest, number: Number) -> Reply:
    """How far a change of many parties has come."""
    return _reply(_find(request, number))


@adds(router, _BASE + "/{number}/undo", needs=Capability.EDIT, reply=BulkChangeOut, status=200, media_type=None)
def undo_bulk_change(request: ApiRequest, number: Number) -> Reply:
    """Give every party back what it had, unless somebody has changed it since."""
    bulk = _find(request, number)
    if bulk.undone_at is not None:
        raise not_now("It was undone already.", "Nothing is left to do.")
    job, stayed = bulk_change.begin_undo(bulk, request.user)
    return _reply(bulk, job=job.pk if job else None, stayed=None if job else stayed)
