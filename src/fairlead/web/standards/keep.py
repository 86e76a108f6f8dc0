"""Gives an organisation's versions of the standard as the engine's, and keeps new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from fairlead.reference import load_yaml
from fairlead.standard import Standard, adapt, changes_from, shipped_standard, standard_from
from fairlead.standard.load import CORE, SUPPLEMENTS
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation
from fairlead.web.standards.models import StandardBase, StandardDraft, StandardVersion

#: How the engine's messages call the changes of the draft.
DRAFT_FILE: Final = ""

Changes = Sequence[Mapping[str, Any]]


@lru_cache(maxsize=1)
def shipped() -> Standard:
    """Return Fairlead's own standard of this program."""
    return shipped_standard()


def adapted(base: Standard, name: str, changes: Changes) -> Standard:
    """Return a standard with changes. Raises AdaptationError, BelowLegalMinimum or InvalidReference."""
    return adapt(base, *changes_from({"name": name, "changes": [dict(each) for each in changes]}, DRAFT_FILE))


@lru_cache(maxsize=64)
def _built(number: int, hashed: str) -> Standard:
    version = StandardVersion.objects.select_related("base").get(pk=number)
    content = version.base.content
    return adapted(standard_from(content["core"], content["supplements"]), version.name, version.changes)


def standard_of(version: StandardVersion | None) -> Standard:
    """Return a version as the engine's standard; Fairlead's own where an organisation has none yet."""
    return _built(version.pk, version.hashed) if version else shipped()


def newest(organisation: Organisation) -> StandardVersion | None:
    """Return the version that an organisation asks with; None where it has not kept one yet."""
    return StandardVersion.objects.filter(organisation=organisation).order_by("-number").first()


def newest_kept(organisation: Organisation, user: User | None) -> StandardVersion:
    """Return the version that an organisation asks with, and keep Fairlead's own as its first where there is none."""
    return newest(organisation) or keep(organisation, shipped().name, [], user)


def draft_of(organisation: Organisation) -> StandardDraft:
    """Return the draft of an organisation, not saved yet where nobody has begun one."""
    found = StandardDraft.objects.filter(organisation=organisation).first()
    if found is not None:
        return found
    version = newest(organisation)
    return StandardDraft(
        organisation=organisation,
        name=version.name if version and version.changes else f"{organisation.name} 1"[:120],
        changes=version.changes if version else [],
    )


def keep(organisation: Organisation, name: str, changes: Changes, user: User | None) -> StandardVersion:
    """Keep changes to Fairlead's own standard as the organisation's next version.

    Raises AdaptationError, BelowLegalMinimum or InvalidReference where they cannot be made.
    """
    standard = adapted(shipped(), name, changes)
    with transaction.atomic():
        base = _base()
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # one after the other
        last = StandardVersion.objects.filter(organisation=organisation).aggregate(Max("number"))["number__max"] or 0
        version = StandardVersion.objects.create(
            organisation=organisation,
            number=last + 1,
            name=name,
            hashed=standard.version,
            base=base,
            changes=[dict(each) for each in changes],
            made_by=user,
        )
        record(
            "standard.kept",
            organisation=organisation,
            actor=user,
            subject=standard.version[:80],
            detail={"number": version.number, "changes": len(changes)},
        )
    return version


def _base() -> StandardBase:
    found = StandardBase.objects.filter(version=shipped().version).first()
    if found is not None:
        return found
    content = {"core": load_yaml(CORE), "supplements": {name: load_yaml(name) for name in SUPPLEMENTS}}
    return StandardBase.objects.get_or_create(version=shipped().version, defaults={"content": content})[0]
