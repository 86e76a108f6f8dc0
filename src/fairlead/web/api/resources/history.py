"""The history of a party and of what hangs on it, and bringing an earlier version back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.resources.parties import find
from fairlead.web.api.values import Number
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.history import entries
from fairlead.web.parties.restore import FACTS, restore

router = Router(tags=["parties"])

Kind = Literal["party", "site", "link"]
_PARTY: Final = "/organisations/{organisation}/parties/{party}"


class FieldChangeOut(BaseModel):
    """One fact, in words: what it was, what it became."""

    name: str
    was: str
    became: str


class HistoryEntryOut(BaseModel):
    """One change of a party or of what hangs on it, in English."""

    number: int
    at: datetime
    why: str
    kind: str
    does: str = Field(description="added, changed or removed")
    what: str
    changes: list[FieldChangeOut]
    restorable: bool = Field(description="Whether the facts as they were afterwards can be brought back")


class HistoryOut(BaseModel):
    """The newest 100 changes, the newest first."""

    items: list[HistoryEntryOut]


class RestoredOut(BaseModel):
    """The record whose earlier version was brought back, with its version now."""

    kind: str
    id: str
    version: int


@reads(router, _PARTY + "/history", needs=Capability.SEE, reply=HistoryOut)
def read_party_history(request: ApiRequest, party: str) -> Reply:
    """What was changed of a party, its numbers, sites, links and evidence, and when."""
    with override("en"):
        found = entries(find(request, party), restricted=request.auth.may(Capability.RESTRICTED))
        items = [
            HistoryEntryOut(
                changes=[FieldChangeOut(name=each.name, was=each.was, became=each.became) for each in one.changes],
                **{name: getattr(one, name) for name in HistoryEntryOut.model_fields if name != "changes"},
            )
            for one in found
        ]
    return Reply(HistoryOut(items=items))


@adds(
    router,
    "/organisations/{organisation}/history/{kind}/{number}/restore",
    needs=Capability.EDIT,
    reply=RestoredOut,
    status=200,
    media_type=None,
)
def restore_version(request: ApiRequest, kind: Kind, number: Number) -> Reply:
    """Bring the facts of a party, site or link back as they were after a change; that is a change like any other."""
    if kind not in FACTS:
        raise Http404
    model: Any = FACTS[kind][0]
    earlier = get_object_or_404(model.history, history_id=number, organisation=request.organisation)
    rows = model.live.select_related("organisation")
    current = get_object_or_404(rows, pk=earlier.id, organisation=request.organisation)
    after = restore(current, earlier, request.user)
    return Reply(RestoredOut(kind=kind, id=after.uid, version=after.version), version=after.version)
