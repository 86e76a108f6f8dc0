"""Takes what a person says of a doubtful pair."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.model.vocabulary import Decision
from fairlead.web.audit.chain import record
from fairlead.web.imports import preview
from fairlead.web.imports.models import Import, PairDecision
from fairlead.web.imports.storage import preview_of
from fairlead.web.imports.views.find import find_import
from fairlead.web.imports.views.tables import PER_PAGE
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability


@require_POST
@needs(Capability.IMPORT)
def decide_pair(request: MemberRequest, number: int) -> HttpResponse:
    """Keep that two records are the same, different, or that one cannot tell; it holds for later imports too."""
    one = find_import(request, number)
    place, decision = request.POST.get("place", ""), request.POST.get("decision", "")
    if not one.seen or not place.isascii() or not place.isdigit() or decision not in set(Decision):
        raise Http404
    if request.POST.get("preview") != one.preview:
        messages.error(request, _("The preview was made again meanwhile. Look at the pair once more."))
        return redirect("imports:table", slug=request.organisation.slug, number=number, kind=preview.REVIEW)
    rows, _total = preview.page(preview_of(one), preview.REVIEW, int(place), 1)
    if not rows:
        raise Http404
    with transaction.atomic():
        _keep(request, one, rows[0], decision)
        record(
            "import.pair_decided",
            organisation=request.organisation,
            actor=request.user,
            subject=str(one.pk),
            detail={"decision": decision},
        )
    address = reverse("imports:table", args=(request.organisation.slug, number, preview.REVIEW))
    return redirect(f"{address}?page={int(place) // PER_PAGE + 1}#pair-{place}")


def _keep(request: MemberRequest, one: Import, row: dict[str, object], decision: str) -> None:
    sides = sorted(
        (
            {
                "key": row[f"{side}_key"],
                "name": row[f"{side}_name"],
                "place": row[f"{side}_place"],
                "party_id": row[f"{side}_party_id"],
            }
            for side in ("left", "right")
        ),
        key=lambda each: str(each["key"]),
    )
    PairDecision.objects.create(
        organisation=request.organisation,
        of_import=one,
        left=sides[0],
        right=sides[1],
        decision=decision,
        user=request.user,
    )
