"""Pairs of parties that may be one: looked for, listed, decided."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.language import Language
from fairlead.model.vocabulary import Decision
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.problems import not_now
from fairlead.web.api.resources.jobs import JobOut
from fairlead.web.api.resources.jobs import written as job_written
from fairlead.web.api.values import Given, Number
from fairlead.web.lists.definition import Column, Filter, ListDefinition, equals
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import duplicates
from fairlead.web.parties.models import DuplicatePair

router = Router(tags=["parties"])

_BASE: Final = "/organisations/{organisation}/duplicates"


class PairOut(BaseModel):
    """Two parties that may be one, why, and what a person has said of them."""

    number: int
    left: str
    left_name: str
    right: str
    right_name: str
    probability: float
    sure: bool = Field(description="The rules for lists would make them one")
    reason: str = Field(description="In English")
    decision: str = Field(description="Empty while nobody has decided")
    decided_at: datetime | None
    regrouping: int | None = Field(description="The merge that came of it")


class DecisionIn(Given):
    """What a person says of a pair."""

    decision: Annotated[Decision, Field(strict=False)]


def _written(pair: DuplicatePair) -> PairOut:
    reason: dict[str, Any] = pair.reason or {}
    message = {"template": reason.get("template", ""), "values": sorted((reason.get("values") or {}).items())}
    return PairOut(
        number=pair.pk,
        left=pair.left.uid,
        left_name=pair.left.name,
        right=pair.right.uid,
        right_name=pair.right.name,
        reason=Language("en").render(message) if message["template"] else "",
        regrouping=pair.regrouping_id,
        **{name: getattr(pair, name) for name in ("probability", "sure", "decision", "decided_at")},
    )


#: What is to be decided is not a value of the column: it is what the list holds where nothing is asked.
_SAID: Final = Filter(
    "decision", "Decision", lambda _: [(str(each), str(each)) for each in Decision], equals("decision")
)
lists(
    router,
    _BASE,
    ApiList(
        definition=ListDefinition(
            key="duplicates",
            title="Duplicates",
            page="",
            rows=lambda organisation: DuplicatePair.objects.filter(organisation=organisation),
            columns=(Column("probability", "Likeness", lambda row: row.probability, order=("probability",)),),
            order=("-probability", "pk"),
            filters=(_SAID,),
        ),
        row=PairOut,
        write=_written,
        related=lambda rows: rows.select_related("left", "right"),
        narrow=lambda request, rows: (
            rows if "decision" in request.GET else rows & duplicates.pairs_of(request.organisation, "").order_by()
        ),
    ),
    needs=Capability.SEE,
    name="list_duplicates",
    about="Pairs that a person has to decide, the surest first; with `decision` those of which it was said.",
)


@adds(router, _BASE + "/search", needs=Capability.EDIT, reply=JobOut, status=200, media_type=None)
def search_duplicates(request: ApiRequest) -> Reply:
    """Look for pairs in the background; where that goes on already, its work is given."""
    job = duplicates.look(request.organisation, request.user)
    job.refresh_from_db()
    base = request.path.partition("/duplicates/")[0]
    return Reply(job_written(job), location=f"{base}/jobs/{job.pk}")


def _find(request: ApiRequest, number: int) -> DuplicatePair:
    rows = DuplicatePair.objects.select_related("organisation", "left", "right", "regrouping")
    return get_object_or_404(rows, pk=number, organisation=request.organisation)


@reads(router, _BASE + "/{number}", needs=Capability.SEE, reply=PairOut)
def read_duplicate(request: ApiRequest, number: Number) -> Reply:
    """One pair."""
    return Reply(_written(_find(request, number)))


@adds(router, _BASE + "/{number}/decide", needs=Capability.EDIT, reply=PairOut, status=200)
def decide_duplicate(request: ApiRequest, number: Number, body: DecisionIn) -> Reply:
    """Keep what a person says of a pair; the same ones are merged, which can be undone."""
    duplicates.decide(_find(request, number), body.decision, user=request.user)
    return Reply(_written(_find(request, number)))


@adds(router, _BASE + "/{number}/reopen", needs=Capability.EDIT, reply=PairOut, status=200, media_type=None)
def reopen_duplicate(request: ApiRequest, number: Number) -> Reply:
    """Take back what was said of a pair; one that was merged is opened by undoing the merge."""
    pair = _find(request, number)
    merged = pair.regrouping
    if merged is not None and merged.undone_at is None:
        raise not_now("The two were merged.", f"Undo the merge with number {merged.pk} first.")
    if pair.decision:
        duplicates.reopen(pair, user=request.user)
    return Reply(_written(_find(request, number)))
