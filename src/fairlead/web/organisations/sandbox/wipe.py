"""Empties a sandbox: everything that belongs to it goes, but its members and the log of who did what."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Membership, Organisation

#: What stays: who belongs to it, who was invited, and the log, which is only ever added to.
_STAYS: Final = frozenset(
    {"organisations.membership", "organisations.invitation", "audit.auditentry", "organisations.organisation"}
)
#: Kind of record -> what many of them are called on the page that names what will be lost.
KINDS: Final[Mapping[str, Promise]] = {
    "actions.correctiveaction": _("corrective actions"),
    "actions.disengagement": _("decisions on leaving a supplier"),
    "assessments.assessment": _("assessments"),
    "assessments.challenge": _("challenges"),
    "assessments.comparison": _("comparisons of assessments"),
    "assessments.ownlist": _("own lists for screening"),
    "evidence.evidence": _("pieces of evidence"),
    "files.storedfile": _("attached files"),
    "imports.import": _("imports"),
    "imports.keptmapping": _("kept column mappings"),
    "lists.savedview": _("saved views"),
    "parties.bulkchange": _("changes of several parties"),
    "parties.duplicatepair": _("possible duplicates"),
    "parties.judgemententry": _("decisions on possible duplicates"),
    "parties.label": _("labels"),
    "parties.link": _("links"),
    "parties.party": _("parties"),
    "parties.regrouping": _("merges and splits"),
    "parties.site": _("sites"),
    "questionnaires.acceptedevidence": _("answers taken into the evidence"),
    "questionnaires.consent": _("consents to share answers"),
    "questionnaires.questionnaire": _("questionnaires"),
    "questionnaires.sending": _("questionnaires sent to several parties"),
    "standards.standarddraft": _("drafts of the standard"),
    "standards.standardversion": _("versions of the standard"),
}
#: What goes too, and is nothing that anybody has made.
_NOT_COUNTED: Final = frozenset({"jobs.job"})


@dataclass(frozen=True)
class Lost:
    """How many records of one kind a wipe would take away."""

    kind: str
    count: int


def would_be_lost(organisation: Organisation) -> tuple[Lost, ...]:
    """Return what a wipe takes away, the most numerous kind first; earlier versions are not counted."""
    counts = [
        Lost(str(KINDS[model._meta.label_lower]), _rows(model, organisation).count())
        for model in _models()
        if not _is_history(model) and model._meta.label_lower not in _NOT_COUNTED
    ]
    return tuple(sorted((each for each in counts if each.count), key=lambda each: (-each.count, each.kind)))


def wipe(organisation: Organisation, user: User) -> None:
    """Delete all that a sandbox holds, in one transaction, and its files after it. Raises ValueError for no sandbox."""
    if not organisation.sandbox:
        raise ValueError("only a sandbox is wiped")
    with transaction.atomic():
        lost = sum(each.count for each in would_be_lost(organisation))
        Membership.objects.filter(organisation=organisation, party__isnull=False).delete()
        _delete_all(organisation)
        record("sandbox.wiped", organisation=organisation, actor=user, detail={"records": lost})
        transaction.on_commit(lambda: shutil.rmtree(_folder(organisation), ignore_errors=True))


def _folder(organisation: Organisation) -> Path:
    return Path(settings.FILES) / str(organisation.pk)


def _models() -> Iterator[type[models.Model]]:
    """Yield every kind of record that belongs to an organisation, those that keep earlier versions too."""
    for model in apps.get_models(include_auto_created=True):
        names = {field.name for field in model._meta.get_fields() if getattr(field, "related_model", None)}
        if "organisation" in names and model._meta.label_lower not in _STAYS:
            yield model


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "instance_type")


def _rows(model: type[models.Model], organisation: Organisation) -> models.QuerySet[Any]:
    return model._base_manager.filter(organisation_id=organisation.pk)


def _delete_all(organisation: Organisation) -> None:
    """Delete kind by kind; what another record still holds is tried again after that record is gone."""
    every = list(_models())
    left = [model for model in every if not _is_history(model)]
    for model in left:
        _let_go_of_itself(model, organisation)
    while left:
        held = []
        for model in left:
            try:
                _rows(model, organisation).delete()
            except (ProtectedError, RestrictedError):
                held.append(model)
        if len(held) == len(left):
            raise RuntimeError("records hold each other: " + ", ".join(model._meta.label for model in held))
        left = held
    for model in every:  # last, because a deletion adds to the history
        if _is_history(model):
            _rows(model, organisation)._raw_delete(using=DEFAULT_DB_ALIAS)


def _let_go_of_itself(model: type[models.Model], organisation: Organisation) -> None:
    """Empty the fields by which records of one kind point at each other, such as what a party was merged into."""
    fields = [
        field.name
        for field in model._meta.concrete_fields
        if field.related_model in {model, "self"} and field.null and not _is_history(model)
    ]
    if fields:
        _rows(model, organisation).update(**dict.fromkeys(fields))
