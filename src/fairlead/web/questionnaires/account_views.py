"""Pages of a supplier's account: its questionnaires from all organisations, and who may see which answers."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.web.organisations.access import SignedInRequest, signed_in
from fairlead.web.organisations.models import Organisation
from fairlead.web.questionnaires.models import ANSWERED, Consent, Questionnaire
from fairlead.web.questionnaires.review import about
from fairlead.web.questionnaires.sharing import may_see, own, revoke, share
from fairlead.web.questionnaires.shown import sections
from fairlead.web.questionnaires.tokens import make_link, token_of

_MOST = 200


@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """Show the questionnaires that one's own company was sent, the newest first, and the consents that were given."""
    found = list(own(request.user).select_related("organisation", "party").order_by("-pk")[:_MOST])
    consents = (
        Consent.objects.filter(questionnaire__in=found)
        .select_related("organisation", "questionnaire__organisation")
        .order_by("-pk")
    )
    context = {"rows": found, "consents": consents, "answered": [str(state) for state in ANSWERED]}
    return render(request, "questionnaires/mine.html", context)


def _own(request: SignedInRequest, number: int) -> Questionnaire:
    return get_object_or_404(own(request.user).select_related("organisation", "party"), pk=number)


@require_POST
@signed_in
def open_mine(request: SignedInRequest, number: int) -> HttpResponse:
    """Open a questionnaire by a link that holds only for this account and a few hours."""
    one = _own(request, number)
    with transaction.atomic():
        link = make_link(one, request.user)
    return redirect("supplier:start", token=token_of(link))


@signed_in
def share_mine(request: SignedInRequest, number: int) -> HttpResponse:
    """Choose the organisations that may see the answers of a questionnaire."""
    one = _own(request, number)
    if request.method == "POST":
        numbers = [_number(text) for text in request.POST.getlist("organisation")]
        chosen = Organisation.objects.filter(pk__in=numbers).order_by("name") if _agreed(request) else []
        shared = [each.name for each in chosen if share(one, each, request.user) is not None]
        if shared:
            text = _("%(names)s: may now see these answers. You can take that back at any time.")
            messages.success(request, text % {"names": ", ".join(shared)})
        else:
            messages.error(request, _("Nothing was shared. Tick who may see it, and the box to give your consent."))
        return redirect("supplier_account:mine")
    if one.state not in ANSWERED:
        return redirect("supplier_account:mine")
    already = Consent.objects.filter(questionnaire=one, revoked_at=None).values_list("organisation_id", flat=True)
    told = about(one)
    applying = [each for section in sections(told) for each in section.questions if each.applies]
    answers = [each for each in applying if each.answer_words]
    context = {
        "one": one,
        "others": may_see(one, request.user),
        "already": set(already),
        "answers": answers,
        "left": len(applying) - len(answers),
    }
    return render(request, "questionnaires/share.html", context)


def _agreed(request: SignedInRequest) -> bool:
    return request.POST.get("consent") == "yes"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0  # noqa: PLR2004 - fits the column


@require_POST
@signed_in
def revoke_mine(request: SignedInRequest, number: int) -> HttpResponse:
    """Take a consent back."""
    if revoke(number, request.user):
        messages.success(request, _("From now on the answers are no longer shown there."))
    return redirect("supplier_account:mine")
