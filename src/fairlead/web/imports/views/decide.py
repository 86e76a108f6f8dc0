"""Takes what a person says of a doubtful pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import Seen, Side
from fairlead.web.audit.chain import record
from fairlead.web.imports import preview
from fairlead.web.imports.models import Import, ImportState, PairDecision
from fairlead.web.imports.storage import preview_of
from fairlead.web.imports.views.find import find_import
from fairlead.web.imports.views.tables import PER_PAGE
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.duplicates import by_weight
from fairlead.web.parties.judgements import judge_sides
from fairlead.web.parties.merge import merge
from fairlead.web.parties.models import JudgementEntry, Party


@require_POST
@needs(Capability.IMPORT)
def decide_pair(request: MemberRequest, number: int) -> HttpResponse:
    """Keep that two records are the same, different, or that one cannot tell; it holds for later imports too."""
    one = find_import(request, number)
    place, decision = request.POST.get("place", ""), request.POST.get("decision", "")
    if not one.seen or one.at_work or not place.isascii() or not place.isdigit() or decision not in set(Decision):
        raise Http404
    if request.POST.get("preview") != one.preview:
        messages.error(request, _("The preview was made again meanwhile. Look at the pair once more."))
        return redirect("imports:table", slug=request.organisation.slug, number=number, kind=preview.REVIEW)
    rows, _total = preview.page(preview_of(one), preview.REVIEW, int(place), 1)
    if not rows:
        raise Http404
    with transaction.atomic():
        _keep(request, one, rows[0], Decision(decision))
        record(
            "import.pair_decided",
            organisation=request.organisation,
            actor=request.user,
            subject=str(one.pk),
            detail={"decision": decision},
        )
    address = reverse("imports:table", args=(request.organisation.slug, number, preview.REVIEW))
    return redirect(f"{address}?page={int(place) // PER_PAGE + 1}#pair-{place}")


def _keep(request: MemberRequest, one: Import, row: Mapping[str, Any], decision: Decision) -> None:
    """Keep the decision; where both parties are in use already, the same means that they are merged."""
    left, right = (_side(row, side) for side in ("left", "right"))
    seen = Seen(row["probability"])
    entry = judge_sides(request.organisation, left, right, decision, user=request.user, seen=seen)
    PairDecision.objects.create(
        of_import=one,
        left_key=left.key,
        right_key=right.key,
        decision=decision,
        judgement=JudgementEntry.objects.get(organisation=request.organisation, event_id=entry),
        user=request.user,
    )
    if decision is Decision.SAME and one.state == ImportState.COMMITTED:
        _merge(request, row)


def _side(row: Mapping[str, Any], side: str) -> Side:
    names = ("key", "name", "place", "party_id")
    return Side(**{name: row[f"{side}_{name}"] or "" for name in names})


def _merge(request: MemberRequest, row: Mapping[str, Any]) -> None:
    uids = [row["left_party_id"], row["right_party_id"]]
    both = list(Party.live.filter(organisation=request.organisation, uid__in=uids))
    if len(both) == len(uids):
        kept, other = by_weight(*both)
        merge(kept, [other], user=request.user)
        messages.success(
            request,
            _("%(other)s was merged into %(kept)s. That can be undone on its page.")
            % {"other": other.name, "kept": kept.name},
        )
