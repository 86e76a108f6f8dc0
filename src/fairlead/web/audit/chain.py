"""Adds lines to the log, and checks that none was changed, left out or put in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from django.db import transaction
from django.utils import timezone

from fairlead.web.accounts.models import User
from fairlead.web.audit.models import AuditEntry, AuditHead
from fairlead.web.organisations.models import Organisation

INSTALLATION: Final = "installation"
_START: Final = "0" * 64
_BY: ContextVar[str] = ContextVar("by", default="person")


def record(
    action: str,
    *,
    organisation: Organisation | None,
    actor: User | None,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    by: str | None = None,
    at: datetime | None = None,
) -> AuditEntry:
    """Add a line to the chain of the organisation, in the transaction of what it tells of.

    `detail` may hold names of fields, counts and ids of Fairlead, nothing that tells of a person. `by` is what
    `acting_by` says, or a person at a page. When the transaction is undone, the line goes with it.
    """
    chain = chain_of(organisation)
    with transaction.atomic():
        AuditHead.objects.get_or_create(chain=chain)
        head = AuditHead.objects.select_for_update().get(chain=chain)
        entry = AuditEntry(
            chain=chain,
            number=head.number + 1,
            at=(at or timezone.now()).astimezone(UTC),
            organisation=organisation,
            actor=actor,
            actor_id_then=actor.pk if actor else None,
            by=by or _BY.get(),
            action=action,
            subject=subject,
            detail=dict(detail or {}),
            previous=head.hash or _START,
        )
        entry.hash = sealed(entry)
        entry.save(force_insert=True)
        head.number, head.hash = entry.number, entry.hash
        head.save(update_fields=["number", "hash"])
    return entry


@contextmanager
def acting_by(by: str) -> Iterator[None]:
    """Say of every line that is added within, such as by functions that pages use too, by what somebody acted."""
    before = _BY.set(by)
    try:
        yield
    finally:
        _BY.reset(before)


def chain_of(organisation: Organisation | None) -> str:
    """Return the name of an organisation's chain, or of the one for what concerns no organisation."""
    return f"organisation {organisation.pk}" if organisation else INSTALLATION


def sealed(entry: AuditEntry) -> str:
    """Return the hash of a line: SHA-256 of its canonical JSON, in which the hash of the line before stands."""
    content = {
        "chain": entry.chain,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "organisation": entry.organisation_id,
        "actor": entry.actor_id_then,
        "by": entry.by,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "previous": entry.previous,
    }
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold."""

    chain: str
    number: int
    what: str


@dataclass(frozen=True)
class Verified:
    """What was checked: the number of lines of each chain, and where a chain does not hold."""

    lines: Mapping[str, int]
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class Head:
    """The end of a chain at some time: so many lines, and the hash of the last."""

    chain: str
    number: int
    hash: str


def verify(kept: Iterable[Head] = ()) -> Verified:
    """Check every chain from its first line to its head, and that it has the lines that were `kept` as its end once."""
    lines: dict[str, int] = {}
    breaks: list[Break] = []
    for head in AuditHead.objects.order_by("chain"):
        lines[head.chain], found = _checked(head)
        breaks += found
    for chain in AuditEntry.objects.exclude(chain__in=lines).values_list("chain", flat=True).distinct():
        breaks.append(Break(chain, 0, "the head of the chain is gone"))
    breaks += [gone for head in kept if (gone := _compared(head)) is not None]
    return Verified(lines, tuple(breaks))


def _compared(head: Head) -> Break | None:
    """Return what is wrong where a chain no longer has the line that was its last once."""
    if head.number == 0:
        return None
    line = AuditEntry.objects.filter(chain=head.chain, number=head.number).first()
    if line is None:
        return Break(head.chain, head.number, "the head that was kept tells of this line, and it is gone")
    if line.hash != head.hash:
        return Break(head.chain, head.number, "it is not the line that was there when the head was kept")
    return None


def _checked(head: AuditHead) -> tuple[int, list[Break]]:
    """Return how many lines one chain has, and what is wrong with them."""
    count, previous, breaks = 0, _START, []
    for count, entry in enumerate(_lines(head.chain), 1):
        breaks += [Break(head.chain, count, what) for what in _wrong(entry, count, previous)]
        previous = entry.hash
    if (count, previous) != (head.number, head.hash or _START):
        breaks.append(Break(head.chain, count, f"the head tells of {head.number} lines, and {count} are there"))
    return count, breaks


def _lines(chain: str) -> Iterator[AuditEntry]:
    return AuditEntry.objects.filter(chain=chain).order_by("number").iterator(chunk_size=2_000)


def _wrong(entry: AuditEntry, number: int, previous: str) -> Iterator[str]:
    if entry.number != number:
        yield f"a line is missing: this one says it is number {entry.number}"
    if entry.previous != previous:
        yield "it was not sealed with the line that stands before it"
    if sealed(entry) != entry.hash:
        yield "it was changed after it was written"
