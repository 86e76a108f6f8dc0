"""Why a party is rated as it is in one assessment."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from fairlead.errors import UnreadableFile
from fairlead.web.assessments.models import Rating
from fairlead.web.assessments.rating_tables import adds_up_table, history_table
from fairlead.web.assessments.told import tell
from fairlead.web.assessments.views.find import find_done
from fairlead.web.lists.table_file import exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.site.templatetags.words import reader
from fairlead.web.site.told import told


@needs(Capability.SEE)
def rating_page(request: MemberRequest, number: int, uid: str) -> HttpResponse:
    """Show how a rating adds up, what would narrow it and what was found; htmx asks for the part without the frame."""
    assessment = find_done(request, number)
    ratings = Rating.objects.visible().filter(assessment=assessment).select_related("party", "terms_row")
    rating = get_object_or_404(ratings, party__uid=uid)
    if request.GET.get("table") == "history" and (file := exported(request, lambda: history_table(rating.party))):
        return file
    context: dict[str, Any] = {"assessment": assessment, "rating": rating, "party": rating.party}
    try:
        context["told"] = tell(assessment, rating, reader(), restricted=request.membership.may(Capability.RESTRICTED))
    except UnreadableFile as error:
        context["unreadable"] = told(error)
    if "told" in context and (file := exported(request, lambda: adds_up_table(context["told"], rating))):
        return file
    part = request.headers.get("HX-Target") == "adds-up"
    return render(request, "assessments/adds_up.html" if part else "assessments/rating.html", context)
