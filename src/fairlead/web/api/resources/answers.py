"""Answers as files, the files that suppliers attached, and answers that suppliers let this organisation see."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import Router
from pydantic import BaseModel

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import FILE, Reply, reads, reads_file
from fairlead.web.api.resources.questionnaires import (
    BASE,
    AnswersOut,
    ContradictionsOut,
    answers_reply,
    contradictions_reply,
    find,
)
from fairlead.web.api.values import Number
from fairlead.web.lists.definition import ListDefinition
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires.export import exported
from fairlead.web.questionnaires.models import ANSWERED, Consent
from fairlead.web.questionnaires.proofs import download
from fairlead.web.questionnaires.review import about
from fairlead.web.questionnaires.sharing import shared_with

router = Router(tags=["questionnaires"])

_ONE: Final = BASE + "/{number}"
_SHARED: Final = "/organisations/{organisation}/shared-answers"
Kind = Literal["xlsx", "csv", "form"]
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SharedOut(BaseModel):
    """Answers that a supplier gave to another and lets this organisation see; who asked is not told."""

    number: int
    party: str
    given_at: datetime
    submitted_at: datetime | None


@reads_file(router, _ONE + "/files/{kind}", needs=Capability.EXPORT, media_types=[_XLSX, "text/csv"])
def read_questionnaire_file(request: ApiRequest, number: Number, kind: Kind) -> HttpResponse:
    """Questions and answers as XLSX or CSV, or the workbook to fill in; in English, the last in its own language."""
    with override("en"):
        return exported(find(request, number), kind, request.user)  # type: ignore[return-value]


@reads_file(router, _ONE + "/proofs/{proof}", needs=Capability.SEE, media_types=[FILE])
def read_questionnaire_proof(request: ApiRequest, number: Number, proof: Number) -> HttpResponse:
    """A file that the supplier attached, once the answers were sent in."""
    one = find(request, number)
    if one.state not in ANSWERED:
        raise Http404
    return download(one, proof)  # type: ignore[return-value]


lists(
    router,
    _SHARED,
    ApiList(
        definition=ListDefinition(
            key="shared_answers", title="Shared answers", page="", rows=shared_with, columns=(), order=("-pk",)
        ),
        row=SharedOut,
        write=lambda one: SharedOut(
            number=one.pk,
            party=one.party.uid,
            given_at=one.given_at,
            submitted_at=one.questionnaire.submitted_at,
        ),
    ),
    needs=Capability.SEE,
    name="list_shared_answers",
    about="Answers that suppliers have given to others and let this organisation see, as long as they consent.",
)


def _consent(request: ApiRequest, number: int) -> Consent:
    return get_object_or_404(shared_with(request.organisation), pk=number)


@reads(router, _SHARED + "/{number}", needs=Capability.SEE, reply=AnswersOut)
def read_shared_answers(request: ApiRequest, number: Number) -> Reply:
    """Shared answers; why they were asked is not told."""
    return answers_reply(about(_consent(request, number).questionnaire), answered=True, because=False)


@reads(router, _SHARED + "/{number}/contradictions", needs=Capability.SEE, reply=ContradictionsOut)
def list_shared_contradictions(request: ApiRequest, number: Number) -> Reply:
    """What on record here contradicts shared answers."""
    consent = _consent(request, number)
    return contradictions_reply(request, consent.questionnaire, party=consent.party)
