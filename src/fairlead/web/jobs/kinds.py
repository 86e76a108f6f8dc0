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
    FairleadError is told to the person who started it. `result` returns the address of the page with the result. Work
    that `grows` the tables much has the database look them through when it is done.
    """

    title: str | Promise
    work: Work
    result: Callable[[Job], str]
    grows: bool = False


_KINDS: dict[str, Kind] = {}


def declare(
    key: str, title: str | Promise, *, result: Callable[[Job], str], grows: bool = False
) -> Callable[[Work], Work]:
    """Declare a kind of work; used as a decorator of the function that does it."""

    def keep(work: Work) -> Work:
        _KINDS[key] = Kind(title, work, result, grows)
        return work

    return keep


def kind(key: str) -> Kind:
    """Return a kind by its key."""
    return _KINDS[key]


def title_of(key: str) -> str:
    """Return what a kind of work is called; its key where no feature declares it any more."""
    return str(_KINDS[key].title) if key in _KINDS else key
