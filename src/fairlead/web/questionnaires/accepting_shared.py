"""Takes answers that a supplier has shared into the evidence of the organisation that may see them, and out again."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.standard import evidence_from
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation
from fairlead.web.questionnaires.accepting import Taken, take_in, take_out
from fairlead.web.questionnaires.answers import answers_of, for_engine
from fairlead.web.questionnaires.models import AcceptedEvidence, Consent
from fairlead.web.standards.keep import standard_of


class NotShared(Exception):
    """The supplier does not let the organisation see the answers, or no longer."""


def accept_shared(number: int, organisation: Organisation, user: User) -> int:
    """Take shared answers into the evidence of an organisation; return how many rows they became.

    They stand with the day on which they were given to the other, and grow old from then on. Answers that were taken
    before and have changed since are taken out first. Raises NotShared where the consent does not stand (any more).
    """
    with transaction.atomic():
        consent = _locked(number, organisation)
        submitted = consent.questionnaire.submitted_at
        if not consent.stands or submitted is None:
            raise NotShared
        take_out(AcceptedEvidence.objects.filter(consent=consent))
        given = for_engine(answers_of(consent.questionnaire).values())
        made = evidence_from(
            standard_of(consent.questionnaire.standard),
            {key: replace(answer, locator="") for key, answer in given.items()},  # the file is the other's
            subject_id=consent.party.uid,
            answered_on=timezone.localdate(submitted),
        )
        with override(organisation.language):
            title = _("The supplier’s answers of %(date)s to another organisation, shared by its consent") % {
                "date": date_format(timezone.localdate(submitted))
            }
        take_in(made, Taken(organisation, consent.party, {"consent": consent}, title), user)
        Consent.objects.filter(pk=consent.pk).update(accepted_at=timezone.now(), accepted_of=submitted)
        record(
            "shared_answers.accepted",
            organisation=organisation,
            actor=user,
            subject=f"consent {consent.pk}",
            detail={"evidence": len(made.evidence), "not_known": len(made.not_known)},
        )
    return len(made.evidence)


def undo_shared(number: int, organisation: Organisation, user: User) -> int:
    """Take shared answers out of the evidence again, also after the consent was taken back; return how many rows.

    Raises NotShared where there is no such consent.
    """
    with transaction.atomic():
        consent = _locked(number, organisation)
        gone = take_out(AcceptedEvidence.objects.filter(consent=consent))
        Consent.objects.filter(pk=consent.pk).update(accepted_at=None, accepted_of=None)
        record(
            "shared_answers.acceptance_undone",
            organisation=organisation,
            actor=user,
            subject=f"consent {consent.pk}",
            detail={"evidence": gone},
        )
    return gone


def _locked(number: int, organisation: Organisation) -> Consent:
    """Return a consent to this organisation, held until the transaction is over, so that it is not taken back midway.

    Raises NotShared.
    """
    held = Consent.objects.select_for_update().filter(pk=number, organisation=organisation).first()
    if held is None:
        raise NotShared
    return Consent.objects.select_related("party", "questionnaire__standard").get(pk=held.pk)
