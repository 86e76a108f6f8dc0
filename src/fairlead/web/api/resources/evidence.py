"""Evidence: each thing learned, with its source."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field, StringConstraints

from fairlead.language import Language
from fairlead.model.vocabulary import AssertedBy, Indicator, Polarity, Visibility
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import FILE, Reply, adds, adds_files, reads, reads_file
from fairlead.web.api.problems import invalid
from fairlead.web.api.resources.parties import party_of
from fairlead.web.api.values import Day, Given, Number, ShortText
from fairlead.web.api.versions import as_seen_now
from fairlead.web.audit.chain import record
from fairlead.web.evidence import by_hand
from fairlead.web.evidence.evidence_list import EVIDENCE_LIST
from fairlead.web.evidence.forms import EvidenceForm
from fairlead.web.evidence.models import Evidence, Proof
from fairlead.web.evidence.store import EVIDENCE_COLUMNS
from fairlead.web.evidence.words import SURE
from fairlead.web.files.views import as_attachment
from fairlead.web.lists.definition import Lookup, equals
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import RecordState

router = Router(tags=["evidence"])

#: Which sources hang together is the engine's own reckoning and no fact to give away.
_SAME: Final = (
    "version",
    "state",
    *(name for name in EVIDENCE_COLUMNS if name != "cluster_key"),
    "source_title",
    "quote",
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
    text: str = Field(description="What the finding says, in English")
    quote: str
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


def allowed(request: ApiRequest, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Leave out what is restricted where the caller may not see it."""
    return rows if request.auth.may(Capability.RESTRICTED) else rows.exclude(visibility=Visibility.RESTRICTED.value)


EVIDENCE: Final = ApiList(
    definition=EVIDENCE_LIST,
    row=EvidenceOut,
    write=written,
    lookups=(
        Lookup("party", "Only what concerns this party", equals("party__uid")),
        Lookup("subject", "Only what is about this party, site or link", equals("subject_uid")),
        Lookup("source_id", "Only from this source", equals("source_id")),
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


class EvidenceIn(Given):
    """Evidence about a party, with who says so and where it can be read. No names of workers."""

    party: ShortText
    finding: ShortText = Field(description="The key of an evidence card")
    value: ShortText | None = Field(default=None, description="The level, where the card has levels")
    indicator: Annotated[Indicator, Field(strict=False)] | None = None
    contradicts: bool = Field(default=False, description="Whether it speaks against the finding")
    asserted_by: Annotated[AssertedBy, Field(strict=False)]
    verified_by: Annotated[AssertedBy, Field(strict=False)] | None = None
    event_date: Day | None = None
    source_title: Annotated[ShortText, Field(min_length=1, max_length=300)]
    edition: Annotated[ShortText, Field(max_length=120)] = ""
    locator: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] = ""
    quote: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] = ""
    confidence: Annotated[float, Field(json_schema_extra={"enum": sorted(SURE)})] = Field(description="How sure it is")
    visibility: Annotated[Visibility, Field(strict=False)] = Visibility.ORGANISATION
    expires_on: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None = None


class WithdrawIn(Given):
    """Why evidence no longer counts."""

    why: Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00]*\S[^\x00]*$")]


_NAMES: Final = {"year": "event_date", "month": "event_date", "day": "event_date", "polarity": "contradicts"}


@adds(router, "/organisations/{organisation}/evidence", needs=Capability.EDIT, reply=EvidenceOut)
def add_evidence(request: ApiRequest, body: EvidenceIn) -> Reply:
    """Add evidence about a party; what is there already is kept once. Proofs are attached to it afterwards."""
    party = party_of(request, body.party, "body.party")
    given = body.model_dump(mode="json", exclude={"party", "value", "contradicts", "event_date"})
    year, month, day = (*(body.event_date or "").split("-"), "", "")[:3]
    data = {
        **{name: "" if value is None else value for name, value in given.items()},
        "finding": f"{body.finding}|{body.value}" if body.value else body.finding,
        "polarity": str(Polarity.CONTRADICTS if body.contradicts else Polarity.SUPPORTS),
        "year": year,
        "month": month.lstrip("0"),
        "day": day,
    }
    form = EvidenceForm(data)
    checked(form, _NAMES)
    if body.visibility == Visibility.RESTRICTED and not request.auth.may(Capability.RESTRICTED):
        raise invalid([("body.visibility", "The token does not allow restricted evidence.")])
    evidence, _added = by_hand.add_evidence(party, request.user, form.values())
    evidence.refresh_from_db()
    return Reply(written(evidence), version=evidence.version, location=f"{request.path}/{evidence.uid}")


class ProofOut(BaseModel):
    """A file that shows what a piece of evidence says."""

    number: int
    name: str
    size: int
    sha256: str


class ProofsOut(BaseModel):
    """The files of a piece of evidence."""

    items: list[ProofOut]


def _proof(proof: Proof) -> ProofOut:
    file = proof.file
    return ProofOut(number=proof.pk, name=file.name, size=file.size, sha256=file.sha256)


@reads(router, "/organisations/{organisation}/evidence/{evidence}/proofs", needs=Capability.SEE, reply=ProofsOut)
def list_proofs(request: ApiRequest, evidence: str) -> Reply:
    """The files that show what a piece of evidence says."""
    proofs = find(request, evidence).proofs.select_related("file").order_by("pk")
    return Reply(ProofsOut(items=[_proof(proof) for proof in proofs]))


@adds_files(router, "/organisations/{organisation}/evidence/{evidence}/proofs", needs=Capability.EDIT, reply=ProofOut)
def attach_proof(
    request: ApiRequest,
    evidence: str,
    file: File[UploadedFile],
) -> Reply:
    """Attach a file that shows what a piece of evidence says."""
    found = find(request, evidence)
    if found.state != RecordState.LIVE:
        raise Http404
    return Reply(_proof(by_hand.attach(found, request.user, file)))


@reads_file(
    router,
    "/organisations/{organisation}/evidence/{evidence}/proofs/{number}",
    needs=Capability.SEE,
    media_types=[FILE],
)
def read_proof(request: ApiRequest, evidence: str, number: Number) -> HttpResponse:
    """A file that shows what a piece of evidence says, to be kept; never to be opened in a browser."""
    found = find(request, evidence)
    proof = get_object_or_404(found.proofs.select_related("file"), pk=number)
    record("evidence.proof_taken", organisation=request.organisation, actor=request.user, subject=found.uid)
    return as_attachment(proof.file)  # type: ignore[return-value]


@adds(
    router,
    "/organisations/{organisation}/evidence/{evidence}/withdraw",
    needs=Capability.EDIT,
    reply=EvidenceOut,
    status=200,
    versioned=True,
)
def withdraw_evidence(request: ApiRequest, evidence: str, body: WithdrawIn, seen: int) -> Reply:
    """Say that evidence no longer counts, and why; it stays on record."""
    by_hand.withdraw(as_seen_now(find(request, evidence), seen), request.user, body.why.strip())
    now = find(request, evidence)
    return Reply(written(now), version=now.version)


@adds(
    router,
    "/organisations/{organisation}/evidence/{evidence}/take-back",
    needs=Capability.EDIT,
    reply=EvidenceOut,
    status=200,
    media_type=None,
    versioned=True,
)
def take_back_evidence(request: ApiRequest, evidence: str, seen: int) -> Reply:
    """Let evidence that was withdrawn count again."""
    by_hand.take_back(as_seen_now(find(request, evidence), seen), request.user)
    now = find(request, evidence)
    return Reply(written(now), version=now.version)
