"""Takes what a person says of a doubtful pair."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.model.vocabulary import Decision
from fairlead.web.imports import preview
from fairlead.web.imports.decide import NoSuchPair, decide
from fairlead.web.imports.state import NotNow, OtherPreview
from fairlead.web.imports.views.find import find_import
from fairlead.web.imports.views.tables import PER_PAGE
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party, Regrouping


@require_POST
@needs(Capability.IMPORT)
def decide_pair(request: MemberRequest, number: int) -> HttpResponse:
    """Keep that two records are the same, different, or that one cannot tell; it holds for later imports too."""
    one = find_import(request, number)
    place, decision = request.POST.get("place", ""), request.POST.get("decision", "")
    if not place.isascii() or not place.isdigit() or decision not in set(Decision):
        raise Http404
    try:
        shown = request.POST.get("preview", "")
        merged = decide(one, int(place), Decision(decision), shown=shown, user=request.user)
    except OtherPreview:
        messages.error(request, _("The preview was made again meanwhile. Look at the pair once more."))
        return redirect("imports:table", slug=request.organisation.slug, number=number, kind=preview.REVIEW)
    except (NotNow, NoSuchPair) as error:
        raise Http404 from error
    if merged is not None:
        messages.success(request, _told(merged))
    address = reverse("imports:table", args=(request.organisation.slug, number, preview.REVIEW))
    return redirect(f"{address}?page={int(place) // PER_PAGE + 1}#pair-{place}")


def _told(merged: Regrouping) -> str:
    other = Party.objects.get(pk=merged.others[0])
    return _("%(other)s was merged into %(kept)s. That can be undone on its page.") % {
        "other": other.name,
        "kept": merged.kept.name,
    }
