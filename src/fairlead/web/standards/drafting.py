"""Changes the draft of an organisation's standard, and keeps it as the version that is asked with from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation
from fairlead.web.records.change import ChangedMeanwhile, change
from fairlead.web.standards.keep import adapted, draft_of, keep, shipped
from fairlead.web.standards.models import StandardDraft, StandardVersion


def save_draft(draft: StandardDraft, changes: Sequence[Mapping[str, Any]], user: User, *, seen: int) -> StandardDraft:
    """Save the changes of a draft and return it as it is afterwards.

    Raises AdaptationError, BelowLegalMinimum or InvalidReference where the engine does not allow them, and
    ChangedMeanwhile where the draft has another version than `seen`.
    """
    adapted(shipped(), draft.name, changes)
    with transaction.atomic():
        if draft.pk is not None:
            after = change(draft, {"changes": list(changes)}, seen=seen)
        else:
            if seen != draft.version:
                raise ChangedMeanwhile(draft)
            draft.changes, after = list(changes), draft
            draft.version += 1  # whoever else has seen that there was none has seen another version
            draft.save()
        record(
            "standard.draft_changed",
            organisation=draft.organisation,
            actor=user,
            detail={"changes": len(changes)},
        )
    return after


def keep_draft(organisation: Organisation, name: str, user: User, *, seen: int) -> StandardVersion:
    """Keep the draft of an organisation as its next version.

    Raises ChangedMeanwhile where the draft has another version than `seen`.
    """
    draft = draft_of(organisation)
    if draft.version != seen:
        raise ChangedMeanwhile(draft)
    with transaction.atomic():
        version = keep(organisation, name, draft.changes, user)
        if draft.pk is not None:
            change(draft, {"name": version.name}, seen=draft.version)
    return version
