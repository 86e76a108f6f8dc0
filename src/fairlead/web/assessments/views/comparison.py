"""What changed between two assessments, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.web.assessments import compare as engine
from fairlead.web.assessments.lists import change_list
from fairlead.web.assessments.models import Assessment, Challenge, Comparison, PartyChange
from fairlead.web.assessments.views.find import find_done
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability


@require_POST
@needs(Capability.SEE)
def compare(request: MemberRequest, number: int) -> HttpResponse:
    """Compare an assessment with another one, the older day first; what was compared before is shown at once."""
    one = find_done(request, number)
    chosen = request.POST.get("with", "")
    rows = Assessment.objects.filter(organisation=request.organisation).done().exclude(pk=one.pk)
    other = rows.filter(number=int(chosen)).first() if chosen.isascii() and chosen.isdigit() else None
    if other is None:
        messages.error(request, _("Choose an assessment to compare with."))
        return redirect("assessments:assessment", slug=request.organisation.slug, number=number)
    older, newer = sorted((one, other), key=lambda each: (each.as_of, each.number))
    comparison = engine.ask(older, newer, user=request.user)
    if comparison.ready or comparison.job_id is None:
        return redirect("assessments:comparison", slug=request.organisation.slug, number=comparison.pk)
    return redirect("jobs:job", slug=request.organisation.slug, number=comparison.job_id)


@needs(Capability.SEE)
def comparison_page(request: MemberRequest, number: int) -> HttpResponse:
    """Show what changed between two assessments; the page of the newer one where it could not be worked out."""
    comparison = get_object_or_404(
        Comparison.objects.select_related("older", "newer", "job").defer("older__editions", "newer__editions"),
        organisation=request.organisation,
        pk=number,
    )
    if not comparison.ready:
        return redirect("assessments:assessment", slug=request.organisation.slug, number=comparison.newer.number)
    definition = change_list(comparison)

    def prepare(rows: Sequence[PartyChange]) -> dict[str, object]:
        parties = [row.party_id for row in rows if row.party_id]
        challenges: dict[int, list[Challenge]] = {}
        for one in Challenge.objects.filter(party__in=parties).order_by("number"):
            challenges.setdefault(one.party_id, []).append(one)
        for row in rows:
            row.challenges = challenges.get(row.party_id or 0, [])  # type: ignore[attr-defined]
        return {}

    return show_list(
        request,
        replace(definition, prepare=prepare),
        page="assessments/comparison.html",
        comparison=comparison,
        restricted_seen=request.membership.may(Capability.RESTRICTED),
    )
