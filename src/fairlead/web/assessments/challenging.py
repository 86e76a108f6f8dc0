"""Puts a challenge to a rating on record, whoever enters it: a member on a supplier's behalf, or its own account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.web.accounts.letters import Notice, send_notices
from fairlead.web.accounts.models import User
from fairlead.web.assessments.models import Challenge, Rating
from fairlead.web.audit.chain import record
from fairlead.web.files.store import store
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party


def newest_rating(party: Party) -> Rating | None:
    """Return the newest rating of a party, or of one that was merged into it; None where it was never rated."""
    same, before = {party.pk}, 0
    while len(same) != before:
        before = len(same)
        same |= set(Party.objects.filter(merged_into__in=same).values_list("pk", flat=True))
    found: QuerySet[Rating] = Rating.objects.visible().filter(party__in=same).select_related("assessment", "party")
    return found.order_by("-assessment__as_of", "-assessment__number").first()


def enter(
    party: Party,
    rating: Rating,
    *,
    text: str,
    received_on: date,
    due_on: date,
    proof: UploadedFile[Any] | None,
    user: User,
    by_supplier: bool,
) -> Challenge:
    """Put a challenge on record under the next number of its organisation. Raises ValidationError for its proof."""
    organisation = party.organisation
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # numbers come one after another
        last = Challenge.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"]
        challenge = Challenge.objects.create(
            organisation=organisation,
            number=(last or 0) + 1,
            party=party,
            rating=rating,
            text=text,
            by_supplier=by_supplier,
            received_on=received_on,
            due_on=due_on,
            proof=store(proof, organisation, user) if proof else None,
            entered_by=user,
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
            notice = Notice(subject, words % {"day": challenge.due_on.isoformat()}, page_of(challenge))
        send_notices(user, [notice])
