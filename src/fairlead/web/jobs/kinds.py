"""The kinds of background work: each feature declares its own in a file `background.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from fairlead.model.progress import Progress
from fairlead.web.jobs.models import Job

Work = Callable[[Job, Progress], None]


@dataclass(frozen=True)
class Kind:
    """One kind of work: its title, what is done, and the page that shows the result.

    The work must be able to begin again: after a crash it is called once more with the same job. What it raises of
    FairleadError is told to the person who started it. `result` returns the address of the page with the result.
    """

    title: str | Promise
    work: Work
    result: Callable[[Job], str]


_KINDS: dict[str, Kind] = {}


def declare(key: str, title: str | Promise, *, result: Callable[[Job], str]) -> Callable[[Work], Work]:
    """Declare a kind of work; used as a decorator of the function that does it."""

    def keep(work: Work) -> Work:
        _KINDS[key] = Kind(title, work, result)
        return work

    return keep


def kind(key: str) -> Kind:
    """Return a kind by its key."""
    return _KINDS[key]
