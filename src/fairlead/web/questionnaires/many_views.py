"""Pages that ask, send or remind many at once, and show what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.web.jobs import run
from fairlead.web.lists.selection import selection_of
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires.forms import AskForm
from fairlead.web.questionnaires.many import AT_ONCE, do_all, selected
from fairlead.web.questionnaires.models import Outcome, Sending, SendingKind
from fairlead.web.standards.keep import newest_kept

SEND_MANY: Final = "questionnaires.many"
_SHOWN: Final = 20
_TOLD: Final = 200


@needs(Capability.ASK)
def create(request: MemberRequest) -> HttpResponse:
    """Make a questionnaire for each party that was selected; the first step asks by when and in which language."""
    given = request.POST if request.method == "POST" else request.GET
    selection = selection_of(given) or {"selected": []}
    draft = Sending(organisation=request.organisation, kind=SendingKind.ASK, selection=selection)
    parties = selected(draft)
    count = parties.count()
    making = request.POST.get("make") == "yes"
    form = AskForm(request.POST if making else None)
    if count and making and form.is_valid():
        with transaction.atomic():
            asked = dict(form.cleaned_data)
            asked["due_on"] = asked["due_on"].isoformat()
            asked["standard"] = newest_kept(request.organisation, request.user).pk
            draft.user, draft.settings = request.user, {**asked, "send": request.POST.get("send") == "yes"}
            draft.save()
        return _begin(request, draft, count)
    shown = list(parties.order_by("folded")[:_SHOWN])
    context = {
        "parties": shown,
        "count": count,
        "more": count - len(shown),
        "without": parties.filter(contact_email="").count(),
        "form": form,
        "selection": selection,
        "in_background": count > AT_ONCE,
    }
    return render(request, "questionnaires/create.html", context)


@require_POST
@needs(Capability.ASK)
def send_many(request: MemberRequest) -> HttpResponse:
    """Send the selected drafts."""
    return _many(request, SendingKind.SEND)


@require_POST
@needs(Capability.ASK)
def remind_many(request: MemberRequest) -> HttpResponse:
    """Remind the suppliers of the selected ones that are not answered."""
    return _many(request, SendingKind.REMIND)


def _many(request: MemberRequest, kind: SendingKind) -> HttpResponse:
    """Do a step with each selected questionnaire; where they are many, ask first."""
    selection = selection_of(request.POST)
    if selection is None:
        messages.error(request, _("Select rows first, with the boxes at their left."))
        return redirect("questionnaires:list", slug=request.organisation.slug)
    sending = Sending(organisation=request.organisation, user=request.user, kind=kind, selection=selection)
    count = selected(sending).count()
    if not count:
        messages.info(request, _("None of the selected ones is in a state for that."))
        return redirect("questionnaires:list", slug=request.organisation.slug)
    if count > AT_ONCE and request.POST.get("sure") != "yes":
        context = {"sending": sending, "count": count, "selection": selection}
        return render(request, "questionnaires/many_sure.html", context)
    sending.save()
    return _begin(request, sending, count)


def _begin(request: MemberRequest, sending: Sending, count: int) -> HttpResponse:
    """Do it at once where they are few, in the background where they are many."""
    slug = request.organisation.slug
    if count > AT_ONCE:
        job = run.start(SEND_MANY, str(sending.pk), organisation=request.organisation, user=request.user)
        return redirect("jobs:job", slug=slug, number=job.pk)
    do_all(sending)
    made = [item.questionnaire_id for item in sending.items.all()]
    if sending.kind == SendingKind.ASK and len(made) == 1 and made[0] is not None:
        return redirect("questionnaires:one", slug=slug, number=made[0])
    return redirect("questionnaires:many", slug=slug, number=sending.pk)


@needs(Capability.ASK)
def many_done(request: MemberRequest, number: int) -> HttpResponse:
    """Show what came of each, those first with which something is left to do."""
    sending = get_object_or_404(Sending, pk=number, organisation=request.organisation)
    counts: Mapping[str, int] = dict(sending.items.values_list("outcome").annotate(count=Count("pk")).order_by())
    to_do = [Outcome.LEFT, Outcome.UNSURE, Outcome.UNSENT]
    rows = sending.items.filter(outcome__in=to_do).select_related("party", "questionnaire").order_by("outcome", "pk")
    context: dict[str, Any] = {
        "sending": sending,
        "counts": [(each.label, counts[each]) for each in Outcome if counts.get(each)],
        "rows": rows[:_TOLD],
        "drafts": counts.get(Outcome.MADE, 0),
    }
    return render(request, "questionnaires/many.html", context)
