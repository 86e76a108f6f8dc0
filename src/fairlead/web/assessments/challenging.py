"""Puts challenges to ratings on record, and the replies to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.web.accounts.letters import Notice, send_notices
from fairlead.web.accounts.models import User
from fairlead.web.assessments.models import Challenge, ChallengeState, Rating
from fairlead.web.audit.chain import record
from fairlead.web.files.store import store
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party, RecordState


def challenged_rating(party: Party) -> Rating | None:
    """Return the newest rating against which a challenge of a party is entered; None where there is none yet.

    It is the party's own, or one of a party that was merged into it.
    """
    same, before = {party.pk}, 0
    while len(same) != before:
        before = len(same)
        same |= set(Party.objects.filter(merged_into__in=same).values_list("pk", flat=True))
    ratings = Rating.objects.visible().filter(party__in=same).select_related("assessment", "party")
    found: Rating | None = ratings.order_by("-assessment__as_of", "-assessment__number").first()
    return found


def _in_use(party: Party) -> Party:
    """Return the party, or the one into which it was merged."""
    while party.state == RecordState.MERGED and party.merged_into is not None:
        party = party.merged_into
    return party


def enter_challenge(
    rating: Rating,
    user: User,
    values: Mapping[str, Any],
    proof: UploadedFile[Any] | None = None,
    *,
    by_supplier: bool = False,
) -> Challenge:
    """Put on record what a supplier says against a rating; `values` are those of a valid `ChallengeForm`.

    It hangs on the party that was rated, or on the one into which that was merged since.

    Raises ValidationError for a proof that is empty or too large; then nothing is kept.
    """
    organisation, party = rating.assessment.organisation, _in_use(rating.party)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # numbers come one after another
        last = Challenge.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0
        challenge: Challenge = Challenge.objects.create(
            organisation=organisation,
            rating=rating,
            party=party,
            by_supplier=by_supplier,
            number=last + 1,
            entered_by=user,
            proof=store(proof, organisation, user) if proof else None,
            **{name: values[name] for name in ("text", "received_on", "due_on")},
        )
        record(
            "challenge.entered",
            organisation=organisation,
            actor=user,
            subject=party.uid,
            detail={"challenge": challenge.number, "assessment": rating.assessment.number, "proof": proof is not None},
            by="supplier" if by_supplier else None,
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


def who_replies(organisation: Organisation) -> list[User]:
    """Return the people who are told of challenges: the case leads, or the administrators where there is none."""
    for role in (Role.CASE_LEAD, Role.ADMINISTRATOR):
        members = organisation.memberships.filter(role=role, user__is_active=True).select_related("user")
        found = [member.user for member in members.order_by("pk")]
        if found:
            return found
    return []


def page_of(challenge: Challenge) -> str:
    """Return the whole address of a challenge, as it stands in an e-mail."""
    where = {"slug": challenge.organisation.slug, "number": challenge.number}
    return str(settings.PUBLIC_URL) + reverse("assessments:challenge", kwargs=where)


def tell_of_entry(challenge: Challenge) -> None:
    """Tell those who reply that a supplier's account has entered a challenge; the letter does not name the supplier."""
    for user in who_replies(challenge.organisation):
        with override(user.language):
            words = _("A supplier says that its rating is wrong. Please reply by %(day)s, with the reasons:")
            subject = _("A rating is challenged")
            notice = Notice(subject, words % {"day": date_format(challenge.due_on)}, page_of(challenge))
        send_notices(user, [notice])
