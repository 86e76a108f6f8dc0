"""Begins an assessment: its row and its job, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from fairlead.web.accounts.models import User
from fairlead.web.assessments.models import Assessment, OwnList
from fairlead.web.audit.chain import record
from fairlead.web.jobs.run import start
from fairlead.web.organisations.models import Organisation

KIND = "assessment"


def begin(
    organisation: Organisation, *, as_of: date, user: User | None, lists: Iterable[OwnList] = (), note: str = ""
) -> Assessment:
    """Put an assessment of all that the organisation has into the queue; return it, with its `job`.

    It is compared with the newest one before the day `as_of` that is done now.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # numbers are given one after another
        mine = Assessment.objects.filter(organisation=organisation)
        assessment = Assessment.objects.create(
            organisation=organisation,
            number=(mine.aggregate(last=Max("number"))["last"] or 0) + 1,
            as_of=as_of,
            note=note,
            previous=mine.done().filter(as_of__lte=as_of).first(),
            created_by=user,
        )
        assessment.lists.set(lists)
        record(
            "assessment.begun",
            organisation=organisation,
            actor=user,
            subject=f"assessment {assessment.number}",
            detail={"as_of": as_of.isoformat(), "lists": assessment.lists.count()},
        )
        job = start(KIND, str(assessment.pk), organisation=organisation, user=user)
        Assessment.objects.filter(pk=assessment.pk, job=None).update(job=job)
    assessment.refresh_from_db()
    return assessment
