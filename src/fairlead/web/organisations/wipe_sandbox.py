"""The page that empties a sandbox and fills it anew."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.sandbox.make import ask_to_fill
from fairlead.web.organisations.sandbox.wipe import wipe, would_be_lost


@needs(Capability.ADMINISTER)
def wipe_page(request: MemberRequest) -> HttpResponse:
    """Name what will be lost; when that is confirmed, wipe the sandbox and read the example into it."""
    if not request.organisation.sandbox:
        raise Http404
    if request.method == "POST":
        wipe(request.organisation, request.user)
        job = ask_to_fill(request.organisation, request.user)
        return redirect("jobs:job", slug=request.organisation.slug, number=job.pk)
    return render(request, "organisations/wipe.html", {"lost": would_be_lost(request.organisation)})
