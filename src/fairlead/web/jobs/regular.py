"""Work that is done again and again, such as reminders: each feature declares its own in `background.py`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from fairlead.web.jobs.models import RegularWork

log = logging.getLogger(__name__)

Work = Callable[[datetime], None]


@dataclass(frozen=True)
class Regular:
    """A piece of work and how often it is done; it is given the time."""

    work: Work
    every: timedelta


_REGULAR: dict[str, Regular] = {}


def regularly(key: str, every: timedelta) -> Callable[[Work], Work]:
    """Declare regular work; used as a decorator of the function that does it."""

    def keep(work: Work) -> Work:
        _REGULAR[key] = Regular(work, every)
        return work

    return keep


def do_what_is_due(now: datetime) -> list[str]:
    """Do the regular work whose time has come and return its keys; a failure is logged and does not stop the rest."""
    done = []
    for key, regular in sorted(_REGULAR.items()):
        if not _taken(key, regular.every, now):
            continue
        try:
            regular.work(now)
            done.append(key)
        except Exception:
            log.exception("regular work failed", extra={"kind": key})
    return done


def _taken(key: str, every: timedelta, now: datetime) -> bool:
    """Move the time of a piece of work on and say whether it was this worker that did."""
    with transaction.atomic():
        _row, made = RegularWork.objects.get_or_create(key=key, defaults={"begun_at": now})
        if made:
            return True
        return bool(RegularWork.objects.filter(key=key, begun_at__lte=now - every).update(begun_at=now))
