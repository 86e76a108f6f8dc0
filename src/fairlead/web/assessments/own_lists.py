"""Keeps an organisation's own lists to screen against."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from fairlead.web.accounts.models import User
from fairlead.web.assessments.models import OwnList
from fairlead.web.audit.chain import record
from fairlead.web.files.store import store
from fairlead.web.organisations.models import Organisation


def keep_list(uploaded: UploadedFile[Any], organisation: Organisation, user: User) -> OwnList:
    """Keep an uploaded list that `BeginForm` has read once; the same one is kept once.

    Raises ValidationError for one that is empty or too large.
    """
    with transaction.atomic():
        kept = store(uploaded, organisation, user)
        one, new = OwnList.objects.get_or_create(organisation=organisation, sha256=kept.sha256, defaults={"file": kept})
        if new:
            record(
                "list.uploaded",
                organisation=organisation,
                actor=user,
                subject=f"list {one.pk}",
                detail={"sha256": kept.sha256, "bytes": kept.size},
            )
    return one
