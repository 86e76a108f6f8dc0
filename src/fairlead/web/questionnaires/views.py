"""An organisation's questionnaires: the list, making them, the page of one, files to take away."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires.export import KINDS, exported
from fairlead.web.questionnaires.forms import ReturnForm, SettingsForm
from fairlead.web.questionnaires.models import ANSWERED, Questionnaire, State
from fairlead.web.questionnaires.proofs import download
from fairlead.web.questionnaires.questionnaire_list import EXPIRING_LIST, QUESTIONNAIRE_LIST
from fairlead.web.questionnaires.review import about, chapters, evidence_beside, found_contradictions
from fairlead.web.questionnaires.tokens import address, newest_link
from fairlead.web.site.templatetags.words import reader


@needs(Capability.SEE)
def questionnaire_list(request: MemberRequest) -> HttpResponse:
    """Show the questionnaires."""
    return show_list(request, QUESTIONNAIRE_LIST, page="questionnaires/list.html")


@needs(Capability.SEE)
def expiring(request: MemberRequest) -> HttpResponse:
    """Show the answers in the evidence by the day until which they count."""
    return show_list(request, EXPIRING_LIST)


def find(request: MemberRequest, number: int) -> Questionnaire:
    """Return a questionnaire of the request's organisation. Raises Http404."""
    rows_ = Questionnaire.objects.select_related(
        "organisation", "party", "party__merged_into", "standard", "created_by"
    )
    return get_object_or_404(rows_.defer("standard__changes"), pk=number, organisation=request.organisation)


@needs(Capability.SEE)
def questionnaire_page(request: MemberRequest, number: int) -> HttpResponse:
    """Show one questionnaire: its state, what it asks and why, the link, and the answers beside the evidence."""
    one = find(request, number)
    told = about(one)
    answered, restricted = one.state in ANSWERED, request.membership.may(Capability.RESTRICTED)
    may_ask = request.membership.may(Capability.ASK)
    link = newest_link(one) if may_ask and one.state not in {State.DRAFT, State.CANCELLED} else None
    asked = {each.question.key for each in told.asked.asked}
    context = {
        "one": one,
        "chapters": chapters(one, told, evidence_beside(one, restricted=restricted) if answered else []),
        "contradictions": found_contradictions(one, told, request.organisation, restricted=restricted)
        if answered
        else [],
        "answered": answered,
        "done": told.done,
        "link": address(link) if link and link.holds else "",
        "link_until": link.expires_at if link and link.holds else None,
        "settings_form": SettingsForm(
            initial={name: getattr(one, name) for name in ("email", "due_on", "language", "greeting", "reminders")}
        ),
        "return_form": ReturnForm(),
        "others": [
            (key, reader().gettext(question.ask))
            for key, question in told.standard.questions.items()
            if key not in asked
        ]
        if one.state == State.DRAFT
        else [],
    }
    return render(request, "questionnaires/one.html", context)


@needs(Capability.EXPORT)
def export(request: MemberRequest, number: int, kind: str) -> HttpResponse | FileResponse:
    """Return questions and answers as XLSX or CSV, or the form as a workbook to fill in."""
    if kind not in KINDS:
        raise Http404
    return exported(find(request, number), kind, request.user)


@needs(Capability.SEE)
def proof(request: MemberRequest, number: int, proof: int) -> FileResponse | HttpResponse:
    """Give a file that the supplier attached, once the answers were sent in."""
    one = find(request, number)
    if one.state not in ANSWERED:
        raise Http404
    return download(one, proof)
