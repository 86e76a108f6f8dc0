"""Challenges to ratings: the list, entering one for a supplier, replying, and the proof."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.web.assessments.challenging import answer_challenge, challenged_rating, enter_challenge
from fairlead.web.assessments.forms import ChallengeForm, ReplyForm
from fairlead.web.assessments.lists import CHALLENGE_LIST
from fairlead.web.assessments.models import Challenge
from fairlead.web.audit.chain import record
from fairlead.web.files.too_large import left_out
from fairlead.web.files.views import as_attachment
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party


@needs(Capability.SEE)
def challenge_list(request: MemberRequest) -> HttpResponse:
    """Show the challenges, the open ones first, by the day by which they are to be answered."""
    return show_list(request, CHALLENGE_LIST, page="assessments/challenges.html")


@needs(Capability.EDIT)
def add_challenge(request: MemberRequest, uid: str) -> HttpResponse:
    """Enter what a supplier says against its newest rating."""
    party = get_object_or_404(Party.live, organisation=request.organisation, uid=uid)
    newest = challenged_rating(party)
    if newest is None:
        messages.error(request, _("There is no rating yet that could be challenged."))
        return redirect("parties:party", slug=request.organisation.slug, uid=uid)
    form = ChallengeForm(request.POST or None, request.FILES or None, today=timezone.localdate())
    if form.is_bound and (refused := left_out(request)):
        form.add_error("proof", refused)
    if request.method == "POST" and form.is_valid():
        challenge = enter_challenge(newest, request.user, form.cleaned_data, form.cleaned_data["proof"])
        messages.success(request, _("The challenge is on record."))
        return redirect("assessments:challenge", slug=request.organisation.slug, number=challenge.number)
    return render(request, "assessments/add_challenge.html", {"form": form, "party": party, "rating": newest})


@needs(Capability.SEE, to_change=Capability.ACT)
def challenge_page(request: MemberRequest, number: int) -> HttpResponse:
    """Show a challenge with its reply; while it is open, take the reply."""
    challenge = get_object_or_404(
        Challenge.objects.select_related(
            "organisation", "party", "rating__assessment", "rating__party", "entered_by", "replied_by", "proof"
        ),
        organisation=request.organisation,
        number=number,
    )
    form = ReplyForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if challenge.is_open and answer_challenge(challenge, request.user, form.cleaned_data):
            messages.success(request, _("The reply is on record."))
            return redirect("assessments:challenge", slug=request.organisation.slug, number=number)
        status = 409
        challenge.refresh_from_db()
    context = {"challenge": challenge, "form": form, "too_late": status != 200}  # noqa: PLR2004
    return render(request, "assessments/challenge.html", context, status=status)


@needs(Capability.RESTRICTED)
def proof(request: MemberRequest, number: int) -> FileResponse | HttpResponse:
    """Send the proof that came with a challenge, as a file to keep."""
    challenge = get_object_or_404(
        Challenge.objects.select_related("party", "proof").exclude(proof=None),
        organisation=request.organisation,
        number=number,
    )
    record(
        "challenge.proof_opened",
        organisation=request.organisation,
        actor=request.user,
        subject=challenge.party.uid,
        detail={"challenge": number},
    )
    return as_attachment(challenge.proof)
