"""Finds an import of the organisation that an address names."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from fairlead.web.imports.models import Import
from fairlead.web.imports.state import settle
from fairlead.web.organisations.access import MemberRequest


def find_import(request: MemberRequest, number: int) -> Import:
    """Return an import of the request's organisation. Raises Http404 where there is none."""
    settle(request.organisation)
    rows = Import.objects.select_related("organisation", "job", "created_by", "committed_by", "undone_by")
    return get_object_or_404(rows, organisation=request.organisation, pk=number)
