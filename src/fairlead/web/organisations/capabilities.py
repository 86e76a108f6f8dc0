"""What a person may do in an organisation, by role; the table is roles.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

TABLE: Final = Path(__file__).parent / "roles.yaml"


class Capability(StrEnum):
    """Something that a role may allow; roles.yaml says what each means."""

    SEE = "see"
    EXPORT = "export"
    EDIT = "edit"
    IMPORT = "import"
    ASSESS = "assess"
    ASK = "ask"
    ACT = "act"
    VERIFY = "verify"
    STANDARD = "standard"
    AUDIT = "audit"
    RESTRICTED = "restricted"
    ADMINISTER = "administer"
    ANSWER = "answer"


class Role(TextChoices):
    """The roles that a member can have."""

    VIEWER = "viewer", _("Viewer")
    ANALYST = "analyst", _("Analyst")
    CASE_LEAD = "case_lead", _("Case lead")
    VERIFIER = "verifier", _("Verifier")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    SUPPLIER = "supplier", _("Supplier")


@cache
def capabilities() -> Mapping[Role, frozenset[Capability]]:
    """Return what each role may do."""
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    return {Role(role): frozenset(Capability(name) for name in names) for role, names in table.items()}


def roles_with(capability: Capability) -> list[Role]:
    """Return the roles that have a capability."""
    return [role for role, may in capabilities().items() if capability in may]
