"""A supplier lets other organisations see its answers: with its consent, dated, and revocable for the future."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership, Organisation
from fairlead.web.questionnaires.models import ANSWERED, Consent, Questionnaire, State


def own(user: User) -> QuerySet[Questionnaire]:
    """Return the questionnaires that were sent to the companies for which somebody answers, in all organisations."""
    parties = Membership.objects.filter(user=user, role=Role.SUPPLIER).values("party_id")
    return Questionnaire.objects.filter(party__in=parties).exclude(state__in=[State.DRAFT, State.CANCELLED])


def may_see(one: Questionnaire, user: User) -> list[Membership]:
    """Return the memberships in other organisations that have asked the same company, and could be let see."""
    asking = own(user).exclude(organisation=one.organisation).values("organisation_id")
    return list(
        Membership.objects.filter(user=user, role=Role.SUPPLIER, organisation__in=asking).select_related(
            "organisation", "party"
        )
    )


def share(one: Questionnaire, organisation: Organisation, user: User) -> Consent | None:
    """Record the consent that an organisation sees the answers of a questionnaire; None where it may not be given."""
    found = [each for each in may_see(one, user) if each.organisation_id == organisation.pk]
    if not found or one.state not in ANSWERED:
        return None
    party = found[0].party
    if party is None:
        return None
    with transaction.atomic():
        consent = Consent.objects.filter(
            questionnaire=one, organisation=organisation, party=party, revoked_at=None
        ).first() or Consent.objects.create(questionnaire=one, organisation=organisation, party=party, given_by=user)
        for each in (one.organisation, organisation):
            record("answers.shared", organisation=each, actor=user, subject=f"consent {consent.pk}", by="supplier")
    return consent


def revoke(number: int, user: User) -> bool:
    """Take a consent back for the future; say whether it was one's own and stood."""
    with transaction.atomic():
        consent = (
            Consent.objects.select_related("organisation", "questionnaire__organisation")
            .filter(pk=number, questionnaire__in=own(user), revoked_at=None)
            .first()
        )
        if consent is None:
            return False
        Consent.objects.filter(pk=consent.pk).update(revoked_at=timezone.now())
        for each in (consent.questionnaire.organisation, consent.organisation):
            record("answers.share_revoked", organisation=each, actor=user, subject=f"consent {number}", by="supplier")
    return True


def shared_with(organisation: Organisation) -> QuerySet[Consent]:
    """Return the consents that stand, by which an organisation sees answers given to another."""
    return _to(organisation).filter(_STANDS)


def shared_or_accepted(organisation: Organisation) -> QuerySet[Consent]:
    """Return these, and those whose answers are in the evidence, though the consent was taken back since."""
    return _to(organisation).filter(_STANDS | Q(accepted_at__isnull=False))


_STANDS: Final = Q(revoked_at=None, questionnaire__state__in=ANSWERED)


def _to(organisation: Organisation) -> QuerySet[Consent]:
    return Consent.objects.filter(organisation=organisation).select_related(
        "party", "questionnaire", "questionnaire__standard"
    )
