"""Puts challenges to ratings on record, and the replies to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fairlead.web.accounts.models import User
from fairlead.web.assessments.models import Challenge, ChallengeState, Rating
from fairlead.web.audit.chain import record
from fairlead.web.files.store import store
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party


def challenged_rating(party: Party) -> Rating | None:
    """Return the newest rating of a party, against which a challenge is entered; None where there is none yet."""
    ratings = Rating.objects.visible().filter(party=party).select_related("assessment", "party")
    found: Rating | None = ratings.order_by("-assessment__as_of", "-assessment__number").first()
    return found


def enter_challenge(
    rating: Rating, user: User, values: Mapping[str, Any], proof: UploadedFile[Any] | None = None
) -> Challenge:
    """Put on record what a supplier says against a rating; `values` are those of a valid `ChallengeForm`.

    Raises ValidationError for a proof that is empty or too large; then nothing is kept.
    """
    organisation = rating.assessment.organisation
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # numbers come one after another
        last = Challenge.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0
        challenge: Challenge = Challenge.objects.create(
            organisation=organisation,
            rating=rating,
            party=rating.party,
            number=last + 1,
            entered_by=user,
            proof=store(proof, organisation, user) if proof else None,
            **{name: values[name] for name in ("text", "received_on", "due_on")},
        )
        record(
            "challenge.entered",
            organisation=organisation,
            actor=user,
            subject=rating.party.uid,
            detail={"challenge": challenge.number, "assessment": rating.assessment.number, "proof": proof is not None},
        )
    return challenge


def answer_challenge(challenge: Challenge, user: User, values: Mapping[str, Any]) -> bool:
    """Keep the reply, as a valid `ReplyForm` has it; return False where somebody else has replied before."""
    with transaction.atomic():
        taken = Challenge.objects.filter(pk=challenge.pk, state=ChallengeState.OPEN).update(
            state=ChallengeState.ANSWERED, replied_by=user, replied_at=timezone.now(), **values
        )
        if taken:
            record(
                "challenge.answered",
                organisation=challenge.organisation,
                actor=user,
                subject=challenge.party.uid,
                detail={
                    "challenge": challenge.number,
                    "withdrawn": values["evidence_withdrawn"],
                    "added": values["evidence_added"],
                },
            )
    return bool(taken)
