"""The page on which leaving a supplier is weighed and decided."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.remedy import leaving, still_open
from fairlead.web.actions.disengagement import decide, draft_for, taken_for
from fairlead.web.actions.models import Disengagement
from fairlead.web.actions.words import DECISIONS, choices
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.site.templatetags.words import reader


@needs(Capability.SEE, to_change=Capability.ACT)
def leaving_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Weigh whether to leave a supplier; a decision that was taken stays, and a new one can be weighed beside it."""
    party = get_object_or_404(Party.live, organisation=request.organisation, uid=uid)
    taken, case = taken_for(party), draft_for(party)
    answers = _answers(request) if request.method == "POST" else (case.answers if case else {})
    reasons = request.POST.get("reasons", case.reasons if case else "").strip()
    if request.method == "POST":
        case = case or Disengagement.objects.create(organisation=request.organisation, party=party)
        seen = request.POST.get("seen", "")
        try:
            decided = decide(
                case,
                answers,
                request.POST.get("decision", ""),
                reasons,
                by=request.user,
                today=timezone.localdate(),
                seen=int(seen) if seen.isdigit() else case.version,
            )
            word = decided.get_decision_display()
            messages.success(request, _("Kept: %(decision)s.") % {"decision": word})
            return redirect("actions:leaving", slug=request.organisation.slug, uid=uid)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except ChangedMeanwhile:
            messages.error(
                request,
                _("Somebody else has changed this meanwhile. Your answers stand below; compare, then send again."),
            )
            case.refresh_from_db()
    context = {
        "party": party,
        "case": case,
        "taken": taken,
        "points": [(point, reader().gettext(point.question), answers.get(point.key, {})) for point in leaving().points],
        "open_points": still_open(answers),
        "reasons": reasons,
        "decisions": choices(DECISIONS),
    }
    return render(request, "actions/leaving.html", context)


def _answers(request: MemberRequest) -> dict[str, dict[str, str]]:
    return {
        point.key: {
            "answer": request.POST.get(f"{point.key}-answer", "")[:10],
            "words": request.POST.get(f"{point.key}-words", "").strip()[:2_000],
        }
        for point in leaving().points
    }
