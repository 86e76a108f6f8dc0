"""Pages of answers that suppliers have given to others and let this organisation see; nothing of who asked is shown."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fairlead.web.lists.table_file import Table, exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires.accepting_shared import NotShared, accept_shared, undo_shared
from fairlead.web.questionnaires.models import Consent
from fairlead.web.questionnaires.review import about, chapters, found_contradictions
from fairlead.web.questionnaires.sharing import shared_or_accepted, shared_with


@needs(Capability.SEE)
def shared(request: MemberRequest) -> HttpResponse:
    """Show from whom there are answers and of which day, and which of them are in the evidence."""
    consents = shared_or_accepted(request.organisation).order_by("-pk")
    if file := exported(request, lambda: _table(consents)):
        return file
    return render(request, "questionnaires/shared.html", {"consents": consents[:200]})


def _table(consents: QuerySet[Consent]) -> Table:
    headings = [_("Party"), _("Answered on"), _("Shared since"), _("In your evidence since")]
    rows = (
        [
            each.party.name,
            _day(each.questionnaire.submitted_at if each.stands else each.accepted_of),
            _day(each.given_at),
            _day(each.accepted_at),
        ]
        for each in consents.iterator()
    )
    return Table("shared-answers", _("Shared answers"), headings, rows)


def _day(at: datetime | None) -> str | None:
    return localtime(at).date().isoformat() if at else None


@needs(Capability.SEE)
def shared_one(request: MemberRequest, number: int) -> HttpResponse:
    """Show shared answers beside what contradicts them here."""
    consent = get_object_or_404(shared_with(request.organisation), pk=number)
    told, restricted = about(consent.questionnaire), request.membership.may(Capability.RESTRICTED)
    context = {
        "consent": consent,
        "submitted_at": consent.questionnaire.submitted_at,
        "chapters": chapters(consent.questionnaire, told, []),
        "contradictions": found_contradictions(
            consent.questionnaire, told, request.organisation, restricted=restricted, party=consent.party
        ),
    }
    return render(request, "questionnaires/shared_one.html", context)


@require_POST
@needs(Capability.ASK)
def accept_one(request: MemberRequest, number: int) -> HttpResponse:
    """Take shared answers into the evidence."""
    try:
        count = accept_shared(number, request.organisation, request.user)
    except NotShared:
        raise Http404 from None
    text = ngettext(
        "The answers are in the evidence as %(count)s row, as the supplier’s own word.",
        "The answers are in the evidence as %(count)s rows, as the supplier’s own word.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect("questionnaires:shared", slug=request.organisation.slug)


@require_POST
@needs(Capability.ASK)
def undo_one(request: MemberRequest, number: int) -> HttpResponse:
    """Take shared answers out of the evidence again."""
    try:
        undo_shared(number, request.organisation, request.user)
    except NotShared:
        raise Http404 from None
    messages.success(request, _("The answers were taken out of the evidence."))
    return redirect("questionnaires:shared", slug=request.organisation.slug)
