"""Changes what an organisation has chosen about itself, with a line in its log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation


def change_organisation(organisation: Organisation, values: Mapping[str, Any], *, user: User) -> Organisation:
    """Save the values that differ and record them; return the organisation as it is afterwards."""
    with transaction.atomic():
        current = Organisation.objects.select_for_update().get(pk=organisation.pk)
        changed = [name for name, value in values.items() if getattr(current, name) != value]
        if not changed:
            return current
        for name in changed:
            setattr(current, name, values[name])
        current.save(update_fields=changed)
        detail: dict[str, Any] = {"fields": changed}
        if "shows_ratings" in changed:
            detail["shows_ratings"] = current.shows_ratings
        record("organisation.changed", organisation=current, actor=user, detail=detail)
    return current
