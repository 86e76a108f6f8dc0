"""What has changed since an earlier screening: hits that are new, gone or otherwise, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fairlead.model.message import Message, message
from fairlead.screen.editions import known_again
from fairlead.screen.record import HitRecord, ListRecord, ScreeningRecord, id_fingerprint

_SCORE_DIGITS: Final = 4

_Key = tuple[str, str, str]


class ChangeKind(StrEnum):
    """What became of a hit."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    NOT_SCREENED = "not_screened"  # the list was not given this time, so nothing is known


@dataclass(frozen=True)
class ListChange:
    """A list then and now; `before` or `now` is None where it was not given. Counts are of entries."""

    before: ListRecord | None
    now: ListRecord | None
    added: int = 0
    removed: int = 0

    @property
    def same(self) -> bool:
        """Whether the list was there both times, with the same content."""
        return self.before is not None and self.now is not None and self.before.sha256 == self.now.sha256


@dataclass(frozen=True)
class HitChange:
    """A hit then and now, either may be None, and why it is otherwise."""

    kind: ChangeKind
    before: HitRecord | None
    now: HitRecord | None
    lists: ListChange
    reason: Message

    @property
    def hit(self) -> HitRecord:
        """The hit as it is now, or as it was."""
        found = self.now or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class Changes:
    """What is otherwise between two screenings; hits come in the order of the names, new before gone."""

    lists: tuple[ListChange, ...]
    hits: tuple[HitChange, ...]


def changes_since(before: ScreeningRecord, now: ScreeningRecord) -> Changes:
    """Compare two screenings.

    Lists and entries are known again as `editions` says.
    """
    lists = _paired_lists(before.lists, now.lists)
    then = {_title(each.before): each for each in lists if each.before}
    today = {_title(each.now): each for each in lists if each.now}
    old = _by_key(before.hits, {title: _pair_name(each) for title, each in then.items()})
    new = _by_key(now.hits, {title: _pair_name(each) for title, each in today.items()})
    why = _Why(before, now)
    found: list[HitChange] = []
    for key in (*new, *(key for key in old if key not in new)):
        earlier, current = old.get(key), new.get(key)
        pair = today[current.list_title] if current else then[earlier.list_title] if earlier else lists[0]
        change = why.change(earlier, current, pair)
        if change is not None:
            found.append(change)
    return Changes(tuple(lists), tuple(found))


def _paired_lists(before: Sequence[ListRecord], now: Sequence[ListRecord]) -> list[ListChange]:
    earlier = {each.title: each for each in before}
    pairs = known_again(list(earlier), [each.title for each in now])
    found = [_list_change(earlier.get(pairs.get(each.title, "")), each) for each in now]
    return found + [ListChange(each, None) for each in before if each.title not in pairs.values()]


def _list_change(before: ListRecord | None, now: ListRecord) -> ListChange:
    if before is None:
        return ListChange(None, now)
    return ListChange(before, now, len(now.keys - before.keys), len(before.keys - now.keys))


def _title(record: ListRecord | None) -> str:
    return record.title if record else ""


def _pair_name(pair: ListChange) -> str:
    return _title(pair.now) or _title(pair.before)


def _by_key(hits: Sequence[HitRecord], lists: Mapping[str, str]) -> dict[_Key, HitRecord]:
    """Return the best hit of every name, list and entry, in their order."""
    found: dict[_Key, HitRecord] = {}
    for hit in hits:
        key = hit.row_id, lists[hit.list_title], hit.key
        if key not in found or hit.score > found[key].score:
            found[key] = hit
    return found


class _Why:
    """Finds the reason of a change: what is known to be otherwise, in the order in which it explains most."""

    def __init__(self, before: ScreeningRecord, now: ScreeningRecord) -> None:
        self._before, self._now = before, now

    def change(self, before: HitRecord | None, now: HitRecord | None, lists: ListChange) -> HitChange | None:
        """Return what became of a hit and why; None where it is as it was."""
        if before is None and now is not None:
            return HitChange(ChangeKind.NEW, None, now, lists, next(self._new(now, lists)))
        if before is not None and now is None:
            if lists.now is None:
                return HitChange(
                    ChangeKind.NOT_SCREENED, before, None, lists, message("The list was not given this time.")
                )
            return HitChange(ChangeKind.GONE, before, None, lists, next(self._gone(before, lists)))
        assert before is not None
        assert now is not None
        if _outcome(before) == _outcome(now):
            return None
        return HitChange(ChangeKind.CHANGED, before, now, lists, next(self._changed(before, now)))

    def _new(self, hit: HitRecord, lists: ListChange) -> Iterator[Message]:
        earlier = lists.before
        if earlier is None:
            yield message("The list was not screened against before.")
            return
        if id_fingerprint(hit.row_id) not in self._before.ids:
            yield message("The name is new.")
        if hit.name not in self._before.names:
            yield message("The name, its country or its kind has changed.")
        if hit.key not in earlier.keys:
            yield message(
                "The entry is new on the list: it is in edition {now} and was not in edition {before}.",
                now=_edition(lists.now),
                before=earlier.edition,
            )
        if hit.from_date > self._before.as_of:
            yield message("The entry was listed on {date:date}, after the earlier screening.", date=hit.from_date)
        if hit.content not in earlier.contents:
            yield message("What the list says of the entry has changed.")
        yield self._otherwise()

    def _gone(self, hit: HitRecord, lists: ListChange) -> Iterator[Message]:
        listed = lists.now
        assert listed is not None
        if hit.key not in listed.keys:
            yield message(
                "The entry was on the list until edition {before}; it is no longer in edition {now}.",
                before=_edition(lists.before),
                now=listed.edition,
            )
        if id_fingerprint(hit.row_id) not in self._now.ids:
            yield message("The name is no longer among those that are screened.")
        if hit.name not in self._now.names:
            yield message("The name, its country or its kind has changed and no longer resembles the entry.")
        if hit.content not in listed.contents:
            yield message("What the list says of the entry has changed, and the name no longer resembles it.")
        yield self._otherwise()

    def _changed(self, before: HitRecord, now: HitRecord) -> Iterator[Message]:
        if now.ended and not before.ended:
            if now.to_date:
                yield message("The listing ended on {date:date}.", date=now.to_date)
            yield message("The listing is no longer in force.")
        if before.name != now.name:
            yield message("The name, its country or its kind has changed.")
        if before.content != now.content:
            yield message("What the list says of the entry has changed.")
        yield self._otherwise()

    def _otherwise(self) -> Message:
        if self._before.version != self._now.version:
            return message(
                "Fairlead {now} compares names otherwise than {before}, with which the earlier screening was made.",
                now=self._now.version,
                before=self._before.version,
            )
        return message(
            "Other names on the list have changed, and with them how much a word tells; or a date or number has, of "
            "which no record is kept."
        )


def _edition(record: ListRecord | None) -> str:
    return record.edition if record else ""


def _outcome(hit: HitRecord) -> tuple[float, str, bool]:
    return round(hit.score, _SCORE_DIGITS), hit.verdict, hit.ended
