"""What follows in a sandbox when the example was read: it is committed, and then assessed, each by its own work."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache

from django.utils import timezone

from fairlead.web.assessments.models import Assessment
from fairlead.web.assessments.start import begin
from fairlead.web.imports.models import Import, ImportState
from fairlead.web.imports.state import NotNow, begin_commit
from fairlead.web.organisations.sandbox.make import lists
from fairlead.web.parties.models import Party


def commit_example(one: Import) -> None:
    """Commit an import of the example into a sandbox that has no parties yet."""
    empty = not Party.objects.filter(organisation=one.organisation).exists()
    if one.state == ImportState.PREVIEW and one.created_by is not None and empty and _is_example(one):
        with suppress(NotNow):  # somebody was faster
            begin_commit(one, one.created_by, shown=one.preview)


def assess_example(one: Import) -> None:
    """Assess a sandbox into which the example was committed, where it was not assessed yet."""
    first = not Assessment.objects.filter(organisation=one.organisation).exists()
    if one.state == ImportState.COMMITTED and first and _is_example(one):
        begin(one.organisation, as_of=timezone.localdate(), user=one.created_by)


def _is_example(one: Import) -> bool:
    return one.organisation.sandbox and set(one.files.values_list("sha256", flat=True)) == _hashes()


@cache
def _hashes() -> frozenset[str]:
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in lists())
