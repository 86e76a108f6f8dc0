"""Finds what an address names, only within the organisation of the request."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from fairlead.web.assessments.models import Assessment
from fairlead.web.organisations.access import MemberRequest


def find_assessment(request: MemberRequest, number: int) -> Assessment:
    """Return an assessment in any state. Raises Http404 where there is none."""
    return get_object_or_404(
        Assessment.objects.select_related("organisation", "created_by", "job", "previous").defer("previous__editions"),
        organisation=request.organisation,
        number=number,
    )


def find_done(request: MemberRequest, number: int) -> Assessment:
    """Return an assessment that is done. Raises Http404 where there is none."""
    rows: QuerySet[Assessment] = Assessment.objects.filter(organisation=request.organisation).done()
    return get_object_or_404(rows.select_related("organisation", "created_by"), number=number)
