"""Pages of a supplier's account: challenging what an organisation estimates of its company, and reading the reply.

Neither the estimate's height nor what it rests on stands here unless the organisation has chosen to show it, and then
only what could not lead to a worker who spoke.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.errors import UnreadableFile
from fairlead.web.accounts.models import User
from fairlead.web.assessments.challenging import challenged_rating, enter_challenge, tell_of_entry
from fairlead.web.assessments.forms import OwnChallengeForm
from fairlead.web.assessments.models import Challenge, ChallengeState, Rating
from fairlead.web.assessments.models.challenge import ANSWER_WITHIN
from fairlead.web.assessments.told_to_supplier import tell_supplier
from fairlead.web.files.too_large import left_out
from fairlead.web.organisations.access import SignedInRequest, signed_in
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership
from fairlead.web.parties.models import RecordState
from fairlead.web.site.templatetags.words import reader

#: So many challenges of one company may wait for a reply at one organisation.
MOST_OPEN: Final = 5
_MOST: Final = 200


@dataclass(frozen=True)
class Estimated:
    """That an organisation has an estimate of the company, of which day, and how many challenges wait there."""

    membership: Membership
    as_of: date
    waiting: int
    rating: Rating

    @property
    def may(self) -> bool:
        """Whether another challenge can be entered."""
        return self.waiting < MOST_OPEN


def _memberships(user: User) -> QuerySet[Membership]:
    mine = Membership.objects.filter(user=user, role=Role.SUPPLIER, party__state=RecordState.LIVE)
    return mine.select_related("organisation", "party__organisation")


def own_challenges(user: User) -> QuerySet[Challenge]:
    """Return the challenges of the companies for which somebody answers, also those that were entered for them."""
    parties = Membership.objects.filter(user=user, role=Role.SUPPLIER).values("party_id")
    return Challenge.objects.filter(party__in=parties).select_related("organisation", "rating__assessment", "proof")


def _estimated(membership: Membership) -> Estimated | None:
    if membership.party is None:
        return None
    rating = challenged_rating(membership.party)
    if rating is None:
        return None
    waiting = Challenge.objects.filter(party=membership.party, state=ChallengeState.OPEN).count()
    return Estimated(membership, rating.assessment.as_of, waiting, rating)


@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """Show which organisations have an estimate of one's own company, the challenges and the replies."""
    found = [_estimated(each) for each in _memberships(request.user).order_by("organisation__name")[:_MOST]]
    context = {
        "estimates": [each for each in found if each is not None],
        "challenges": own_challenges(request.user).order_by("-pk")[:_MOST],
    }
    return render(request, "assessments/own.html", context)


@signed_in
def rating_page(request: SignedInRequest, number: int) -> HttpResponse:
    """Show what an organisation estimates of one's own company, where it has chosen to show it."""
    membership = get_object_or_404(_memberships(request.user), pk=number)
    estimated = _estimated(membership)
    if estimated is None:
        raise Http404
    context: dict[str, Any] = {"estimated": estimated}
    if membership.organisation.shows_ratings:
        try:
            context["told"] = tell_supplier(estimated.rating, reader())
        except UnreadableFile:
            context["unreadable"] = True
    return render(request, "assessments/own_rating.html", context)


@signed_in
def add(request: SignedInRequest, number: int) -> HttpResponse:
    """Take a challenge to the newest rating of one's own company at one organisation."""
    membership = get_object_or_404(_memberships(request.user), pk=number)
    estimated = _estimated(membership)
    if membership.party is None or estimated is None:
        raise Http404
    if not estimated.may:
        messages.error(request, _("Several challenges wait for a reply there already. Wait for one, then go on."))
        return redirect("own_challenges:mine")
    form = OwnChallengeForm(request.POST or None, request.FILES or None)
    if form.is_bound and (refused := left_out(request)):
        form.add_error("proof", refused)
    if request.method == "POST" and form.is_valid():
        rating, today = challenged_rating(membership.party), timezone.localdate()
        if rating is None:
            raise Http404
        try:
            days = {"received_on": today, "due_on": today + ANSWER_WITHIN}
            values = {"text": form.cleaned_data["text"], **days}
            challenge = enter_challenge(rating, request.user, values, form.cleaned_data["proof"], by_supplier=True)
        except ValidationError as error:
            form.add_error("proof", error)
        else:
            tell_of_entry(challenge)
            messages.success(request, _("It is on record. You read the reply here."))
            return redirect("own_challenges:one", number=challenge.pk)
    return render(request, "assessments/own_add.html", {"form": form, "estimated": estimated})


@signed_in
def one(request: SignedInRequest, number: int) -> HttpResponse:
    """Show a challenge of one's own company, and the reply."""
    challenge = get_object_or_404(own_challenges(request.user), pk=number)
    return render(request, "assessments/own_one.html", {"challenge": challenge})
