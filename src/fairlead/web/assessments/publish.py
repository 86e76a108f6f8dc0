"""Makes an assessment seen: the assessment, and what lists of parties show of it, in one short transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from fairlead.web.assessments.models import Assessment, AssessmentState
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import UNRANKED, Party

#: One statement that both databases understand: 100,000 parties take it about a second.
_COPY: Final = """
UPDATE parties_party
   SET band = r.band, p = r.p, p_low = r.p_low, p_high = r.p_high,
       find_out = r.find_out, rank = r.rank, assessed = %s
  FROM assessments_rating AS r
 WHERE r.assessment_id = %s AND r.party_id = parties_party.id
"""


def publish(assessment: Assessment, *, facts: Mapping[str, Any]) -> None:
    """Mark an assessment as done with `facts` (values of its fields), and copy its ratings to the parties.

    Parties show the newest assessment: one for an earlier day changes nothing there.
    """
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=assessment.organisation_id)
        Assessment.objects.filter(pk=assessment.pk).update(state=AssessmentState.DONE, done_at=timezone.now(), **facts)
        newest = Assessment.objects.filter(organisation=organisation).done().first()
        if newest is not None and newest.pk == assessment.pk:
            _copy_to_parties(assessment)
        record(
            "assessment.done",
            organisation=organisation,
            actor=assessment.created_by,
            subject=f"assessment {assessment.number}",
            detail={"parties": sum(facts["counts"].values()), "model": facts["model_version"]},
            by="background work",
        )
    assessment.refresh_from_db()


def _copy_to_parties(assessment: Assessment) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [True, assessment.pk])
    gone = Party.objects.filter(organisation=assessment.organisation_id, assessed=True)
    gone.exclude(ratings__assessment=assessment).update(
        band=None, p=None, p_low=None, p_high=None, find_out=None, rank=UNRANKED, assessed=False
    )
