"""Undoing a change by bringing an earlier version back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Link, Party, Record, Site
from fairlead.web.parties.restore import FACTS, restore
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.records.undo import offer_undo


@require_POST
@needs(Capability.EDIT)
def restore_version(request: MemberRequest, kind: str, number: int) -> HttpResponse:
    """Bring the facts of a party, site or link back as they were after a change."""
    if kind not in FACTS:
        raise Http404
    model: Any = FACTS[kind][0]
    earlier = get_object_or_404(model.history, history_id=number, organisation=request.organisation)
    rows = model.live.select_related("organisation")
    current: Record = get_object_or_404(rows, pk=earlier.id, organisation=request.organisation)
    before = model.history.filter(id=current.pk).order_by("-history_id").first()
    try:
        after = restore(current, earlier, request.user)
    except ChangedMeanwhile:
        messages.error(request, _("Somebody else has changed it in this moment. Look at it again."))
    else:
        if after.version == current.version:
            messages.info(request, _("It is like that already."))
        else:
            where = {"slug": request.organisation.slug, "kind": kind, "number": before.history_id}
            offer_undo(request, _("The earlier version is back."), reverse("parties:restore", kwargs=where))
    return redirect("parties:history", slug=request.organisation.slug, uid=_page_of(request, current))


def _page_of(request: MemberRequest, current: Record) -> str:
    if isinstance(current, Party):
        return current.uid
    if isinstance(current, Site):
        return current.party.uid
    assert isinstance(current, Link)
    return current.from_party.uid
