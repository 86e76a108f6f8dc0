"""The log of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.lists import ApiList, lists
from fairlead.web.audit.models import AuditEntry
from fairlead.web.audit.views import AUDIT_LIST
from fairlead.web.lists.definition import Lookup, equals
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["audit"])


class AuditEntryOut(BaseModel):
    """A line of the log; its hash seals it together with the line before."""

    number: int
    at: datetime
    actor: int | None = Field(description="The number of the account, also of one that is gone")
    by: str = Field(description="By what they acted: person, token, background work")
    action: str
    subject: str
    detail: dict[str, Any]
    previous: str
    hash: str


def _written(entry: AuditEntry) -> AuditEntryOut:
    same = ("number", "at", "by", "action", "subject", "detail", "previous", "hash")
    return AuditEntryOut(actor=entry.actor_id_then, **{name: getattr(entry, name) for name in same})


AUDIT: Final = ApiList(
    definition=AUDIT_LIST,
    row=AuditEntryOut,
    write=_written,
    lookups=(
        Lookup("action", "Only this action, such as party.changed", equals("action")),
        Lookup("subject", "Only what was done to this record", equals("subject")),
    ),
)
lists(
    router,
    "/organisations/{organisation}/audit",
    AUDIT,
    needs=Capability.AUDIT,
    name="list_audit",
    about="The log, the newest line first.",
)
