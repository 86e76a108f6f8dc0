"""Leaving an organisation by oneself."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.web.audit.chain import record
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.forms import last_administrator


@require_POST
@needs(Capability.SEE)
def leave(request: MemberRequest) -> HttpResponse:
    """End one's own membership; the last administrator has to make somebody else one first."""
    if last_administrator(request.membership):
        messages.error(request, _("You are the only administrator. Make somebody else one first."))
        return redirect("organisations:settings", slug=request.organisation.slug)
    with transaction.atomic():
        record(
            "member.left",
            organisation=request.organisation,
            actor=request.user,
            detail={"member": request.membership.pk},
        )
        request.membership.delete()
    messages.success(request, _("You have left %(name)s.") % {"name": request.organisation.name})
    return redirect("organisations:choose")
