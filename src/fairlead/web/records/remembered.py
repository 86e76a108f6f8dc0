"""Figures over all of an organisation's records: fresh where they are quick to work out, else at most a minute old."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.core.cache import caches

from fairlead.web.organisations.models import Organisation

Figure = TypeVar("Figure")

#: Seconds: what takes longer is remembered, and for how long.
_SLOW: Final = 0.02
_OLD: Final = 60


def remembered(
    key: str, organisation: Organisation | int, work_out: Callable[[], Figure], *, slow: float = _SLOW
) -> Figure:
    """Return a figure of an organisation, worked out anew unless that took `slow` seconds within the last minute.

    What is remembered must not depend on who asks.
    """
    number = organisation if isinstance(organisation, int) else organisation.pk
    name = f"{key}-{number}"
    cache = caches["figures"]
    kept: tuple[Figure] | None = cache.get(name)
    if kept is not None:
        return kept[0]
    begun = time.monotonic()
    figure = work_out()
    if time.monotonic() - begun >= slow:
        cache.set(name, (figure,), _OLD)
    return figure
