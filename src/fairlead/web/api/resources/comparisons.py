"""What changed between two assessments, and why."""

from __future__ import annotations

from typing import Any, Final

from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.language import Language
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.problems import invalid
from fairlead.web.api.values import Given, Number
from fairlead.web.assessments import compare
from fairlead.web.assessments.lists import change_list
from fairlead.web.assessments.models import Assessment, Comparison, PartyChange
from fairlead.web.assessments.views.find import find_done
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["assessments"])

_BASE: Final = "/organisations/{organisation}/comparisons/{number}"


class ComparisonIn(Given):
    """With which other assessment to compare."""

    other: Number


class ComparisonOut(BaseModel):
    """What changed between two assessments; `ready` once the background work is over."""

    number: int
    older: int
    newer: int
    ready: bool
    job: int | None
    counts: dict[str, int] = Field(description="Parties by what became of them")


class SideOut(BaseModel):
    """A rating on one side of a comparison."""

    band: str | None
    p: float | None
    p_low: float | None
    p_high: float | None


class ChangeOut(BaseModel):
    """A party that is not the same in two assessments, and why."""

    party: str | None
    name: str
    state: str
    before: SideOut | None
    after: SideOut | None
    by_model: float | None = Field(description="In nats")
    by_time: float | None
    by_evidence: float | None
    why: list[str] = Field(description="In English; what rests on restricted evidence is not told")


def _compared(comparison: Comparison) -> ComparisonOut:
    return ComparisonOut(
        number=comparison.pk,
        older=comparison.older.number,
        newer=comparison.newer.number,
        ready=comparison.ready,
        job=comparison.job_id,
        counts=comparison.counts,
    )


@adds(router, "/organisations/{organisation}/assessments/{number}/compare", needs=Capability.SEE, reply=ComparisonOut)
def compare_assessments(request: ApiRequest, number: Number, body: ComparisonIn) -> Reply:
    """Compare two assessments, the older day first; what was compared before is there at once."""
    one = find_done(request, number)
    rows = Assessment.objects.filter(organisation=request.organisation).done().exclude(pk=one.pk)
    other = rows.filter(number=body.other).first()
    if other is None:
        raise invalid([("body.other", "There is no such other assessment that is done.")])
    older, newer = sorted((one, other), key=lambda each: (each.as_of, each.number))
    made = compare.ask(older, newer, user=request.user)
    base = request.path.partition("/assessments/")[0]
    return Reply(_compared(made), location=f"{base}/comparisons/{made.pk}")


def _comparison(request: ApiRequest, number: int) -> Comparison:
    rows = Comparison.objects.select_related("older", "newer").defer("older__editions", "newer__editions")
    return get_object_or_404(rows, organisation=request.organisation, pk=number)


@reads(router, _BASE, needs=Capability.SEE, reply=ComparisonOut)
def read_comparison(request: ApiRequest, number: Number) -> Reply:
    """One comparison."""
    return Reply(_compared(_comparison(request, number)))


def _change(row: PartyChange) -> ChangeOut:
    language = Language("en")
    told = [language.render(term["text"]) for term in row.terms if term["text"] and not term["restricted"]]
    same = ("name", "state", "by_model", "by_time", "by_evidence")
    sides: dict[str, Any] = {
        side: SideOut(**{name: value[name] for name in SideOut.model_fields}) if value else None
        for side, value in (("before", row.before), ("after", row.after))
    }
    party = row.party.uid if row.party else None
    return ChangeOut(party=party, why=told, **sides, **{name: getattr(row, name) for name in same})


lists(
    router,
    _BASE + "/changes",
    ApiList(
        definition=change_list(Comparison()),
        row=ChangeOut,
        write=_change,
        of=lambda request, number: change_list(_comparison(request, number)),
    ),
    needs=Capability.SEE,
    name="list_changes",
    about="The parties that are not the same in two assessments, the weightiest change first.",
)
