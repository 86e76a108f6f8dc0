"""Evidence: each thing learned, with its source."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.language import Language
from fairlead.model.vocabulary import AssertedBy, Indicator, Polarity, SubjectKind, Visibility
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, Lookup, lists
from fairlead.web.api.operation import Reply, reads
from fairlead.web.evidence.models import Evidence
from fairlead.web.lists.definition import Choices, Column, Filter, ListDefinition
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import RecordState

router = Router(tags=["evidence"])

_SAME: Final = (
    "version",
    "state",
    "subject_kind",
    "finding",
    "indicator",
    "polarity",
    "value",
    "unit",
    "source_id",
    "source_title",
    "edition",
    "locator",
    "asserted_by",
    "verified_by",
    "event_date",
    "confidence",
    "visibility",
    "expires_on",
    "withdrawn_because",
    "created_at",
)
_SEEN: Final = (RecordState.LIVE, RecordState.WITHDRAWN)


class EvidenceOut(BaseModel):
    """One thing learned: about whom, what, from where, who says so, how sure. It is never changed, only withdrawn."""

    id: str
    version: int
    state: str
    party: str = Field(description="The party that it concerns")
    subject: str = Field(description="The party, site or link that it is about")
    subject_kind: str
    finding: str = Field(description="The key of an evidence card")
    indicator: str | None = Field(description="One of the ILO's eleven indicators, or null")
    polarity: str
    value: str | None
    unit: str | None
    source_id: str
    source_title: str
    edition: str
    locator: str
    asserted_by: str
    verified_by: str | None
    event_date: str | None
    confidence: float
    visibility: str
    text: str = Field(description="The note or bounded quote, in English")
    expires_on: date | None
    withdrawn_because: str
    created_at: datetime


def written(one: Evidence) -> EvidenceOut:
    """Return evidence as the API gives it."""
    text = one.text or {}
    message = {"template": text.get("template", ""), "values": sorted((text.get("values") or {}).items())}
    return EvidenceOut(
        id=one.uid,
        party=one.party.uid,
        subject=one.subject_uid,
        text=Language("en").render(message) if message["template"] else "",
        **{name: getattr(one, name) for name in _SAME},
    )


def _rows(organisation: Organisation) -> QuerySet[Evidence]:
    return Evidence.live.filter(organisation=organisation, party__state=RecordState.LIVE)


def _words(kinds: Any) -> Choices:
    return [(str(kind), str(kind)) for kind in kinds]


def allowed(request: ApiRequest, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Leave out what is restricted where the caller may not see it."""
    return rows if request.auth.may(Capability.RESTRICTED) else rows.exclude(visibility=Visibility.RESTRICTED.value)


EVIDENCE: Final = ApiList(
    definition=ListDefinition(
        key="evidence",
        title="Evidence",
        page="",
        rows=_rows,
        columns=(
            Column("event_date", "When it happened", lambda row: row.event_date, order=("event_date",)),
            Column("finding", "Finding", lambda row: row.finding, order=("finding",)),
        ),
        order=("-pk",),
        filters=(
            Filter("polarity", "Which way it points", lambda _: _words(Polarity), lambda value: Q(polarity=value)),
            Filter("asserted_by", "Said by", lambda _: _words(AssertedBy), lambda value: Q(asserted_by=value)),
            Filter("indicator", "ILO indicator", lambda _: _words(Indicator), lambda value: Q(indicator=value)),
            Filter("subject_kind", "About", lambda _: _words(SubjectKind), lambda value: Q(subject_kind=value)),
        ),
    ),
    row=EvidenceOut,
    write=written,
    lookups=(
        Lookup("party", "Only what concerns this party", lambda party: Q(party__uid=party)),
        Lookup("subject", "Only what is about this party, site or link", lambda subject: Q(subject_uid=subject)),
        Lookup("finding", "Only this finding: the key of an evidence card", lambda finding: Q(finding=finding)),
        Lookup("source_id", "Only from this source", lambda source: Q(source_id=source)),
    ),
    related=lambda rows: rows.select_related("party"),
    narrow=allowed,
)
lists(
    router,
    "/organisations/{organisation}/evidence",
    EVIDENCE,
    needs=Capability.SEE,
    name="list_evidence",
    about="Evidence that was not withdrawn, the newest first; restricted evidence only with the scope for it.",
)


def find(request: ApiRequest, evidence: str) -> Evidence:
    """Return evidence that the caller may see, also withdrawn. Raises Http404 where there is none."""
    if "\x00" in evidence:
        raise Http404
    rows = Evidence.objects.filter(organisation=request.organisation, state__in=_SEEN).select_related("party")
    return get_object_or_404(allowed(request, rows), uid=evidence)


@reads(
    router, "/organisations/{organisation}/evidence/{evidence}", needs=Capability.SEE, reply=EvidenceOut, versioned=True
)
def read_evidence(request: ApiRequest, evidence: str) -> Reply:
    """One piece of evidence, also one that was withdrawn."""
    found = find(request, evidence)
    return Reply(written(found), version=found.version)
