"""Editions of one list: which list follows which, which entry is the same, and what is no longer on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from fairlead.errors import OptionError, Where
from fairlead.screen.watch_list import ListEntry, WatchList

_NUMBERS: Final = re.compile(r"[\d\s._-]+")


def known_again(before: Sequence[str], now: Sequence[str]) -> dict[str, str]:
    """Return, by the titles of lists now, the titles of their earlier editions.

    A list is known again by its title, else by its title without dates and numbers where only one is alike, else
    because it is the only one left on both sides.
    """
    left = list(dict.fromkeys(before))
    pairs: dict[str, str] = {}
    for title in now:
        if title in left:
            pairs[title] = title
            left.remove(title)
    for title in now:
        alike = [other for other in left if _plain(other) == _plain(title)]
        if title not in pairs and len(alike) == 1:
            pairs[title] = alike[0]
            left.remove(alike[0])
    waiting = [title for title in now if title not in pairs]
    if len(waiting) == len(left) == 1:
        pairs[waiting[0]] = left[0]
    return pairs


def _plain(title: str) -> str:
    return _NUMBERS.sub("", title).casefold()


def entry_key(entry: ListEntry) -> tuple[str, str]:
    """Return by what an entry is known from edition to edition: the list's own id, else its name.

    An entry without an id is called by its row, which changes when one above it goes.
    """
    return ("name", entry.name) if entry.entry_id == entry.locator else ("id", entry.entry_id)


def with_removed(lists: Sequence[WatchList], earlier: Sequence[WatchList]) -> tuple[WatchList, ...]:
    """Return the lists, each with the entries that an earlier edition of it had and it has no more.

    Such an entry says on which edition it was last. Raises OptionError for an earlier list that is no edition of any.
    """
    by_title: Mapping[str, WatchList] = {each.title: each for each in earlier}
    pairs = known_again(list(by_title), [each.title for each in lists])
    for title in by_title:
        if title not in pairs.values():
            raise OptionError(
                "This earlier list is not known as an edition of a list that is given now.",
                where=Where(file=title),
                do="Give the list it belongs to with --list, under the same file name or one that differs in its date.",
            )
    return tuple(_with_removed(each, by_title[pairs[each.title]]) if each.title in pairs else each for each in lists)


def _with_removed(now: WatchList, before: WatchList) -> WatchList:
    present = set(map(entry_key, now.entries))
    gone = (entry for entry in before.entries if entry_key(entry) not in present)
    removed = tuple(replace(entry, removed_after=before.edition, entry_id=_id(entry, before)) for entry in gone)
    return replace(now, entries=now.entries + removed)


def _id(entry: ListEntry, before: WatchList) -> str:
    """Return an id that no entry of the later edition can have by its row."""
    return f"{before.edition}:{entry.locator}" if entry.entry_id == entry.locator else entry.entry_id
