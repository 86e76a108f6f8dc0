"""What a screening leaves behind, so that the next one can say what has changed and why.

Of names and entries that were not hit only fingerprints stay: the first ten digits of a SHA-256, enough to see
whether one was there, and in the same words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson

from fairlead import __version__
from fairlead.errors import NothingToRead, UnreadableFile, Where
from fairlead.model.vocabulary import PartyKind
from fairlead.read.names import NamedRow
from fairlead.screen.editions import entry_key
from fairlead.screen.screen_names import NameHit
from fairlead.screen.watch_list import ListEntry, WatchList

#: The ending of the record beside a file of hits.
RECORD: Final = "record.json"
_FORMAT: Final = 1
_DIGITS: Final = 10
_SEPARATOR: Final = "\x1f"


@dataclass(frozen=True)
class ListRecord:
    """One list as it was screened against; `keys` say which entries it had, `contents` also what it said of them."""

    title: str
    edition: str
    sha256: str
    entries: int
    keys: frozenset[str]
    contents: frozenset[str]


@dataclass(frozen=True)
class HitRecord:
    """One hit as it was: the name by its id and content, the entry by its key and content, and what came of it."""

    row_id: str
    name: str
    list_title: str
    key: str
    content: str
    entry_id: str
    entry_name: str
    score: float
    verdict: str
    ended: bool
    to_date: str = ""
    from_date: str = ""


@dataclass(frozen=True)
class ScreeningRecord:
    """A screening as a whole. `ids` and `names` are fingerprints of the ids and of the names with all that is said."""

    version: str
    as_of: str
    ids: frozenset[str]
    names: frozenset[str]
    lists: tuple[ListRecord, ...]
    hits: tuple[HitRecord, ...]


def make_record(
    names: Sequence[NamedRow], lists: Sequence[WatchList], hits: Iterable[NameHit], as_of: date
) -> ScreeningRecord:
    """Return the record of a screening that has just been made."""
    return ScreeningRecord(
        version=__version__,
        as_of=as_of.isoformat(),
        ids=frozenset(_fingerprint(name.row_id) for name in names),
        names=frozenset(map(name_fingerprint, names)),
        lists=tuple(map(_list_record, lists)),
        hits=tuple(_hit_record(one, as_of) for one in hits),
    )


def _list_record(watch_list: WatchList) -> ListRecord:
    return ListRecord(
        title=watch_list.title,
        edition=watch_list.edition,
        sha256=watch_list.sha256,
        entries=len(watch_list.entries),
        keys=frozenset(map(_key, watch_list.entries)),
        contents=frozenset(map(_content, watch_list.entries)),
    )


def _hit_record(one: NameHit, as_of: date) -> HitRecord:
    hit = one.hit
    return HitRecord(
        row_id=one.name.row_id,
        name=name_fingerprint(one.name),
        list_title=hit.watch_list.title,
        key=_key(hit.entry),
        content=_content(hit.entry),
        entry_id=hit.entry.entry_id,
        entry_name=hit.listed_name,
        score=hit.comparison.score,
        verdict=hit.comparison.verdict.value,
        ended=hit.entry.ended_by(as_of),
        to_date=hit.entry.to_date or "",
        from_date=hit.entry.from_date or "",
    )


def id_fingerprint(row_id: str) -> str:
    """Return the fingerprint of the id of a name."""
    return _fingerprint(row_id)


def name_fingerprint(name: NamedRow) -> str:
    """Return the fingerprint of a name with its id, country and kind, and of a firm or ship with its numbers.

    Dates of birth and persons' numbers are left out: whoever has the name could find them by trying.
    """
    numbers = () if name.kind in (PartyKind.PERSON, PartyKind.UNKNOWN) else name.numbers
    return _fingerprint(name.row_id, name.name, name.country or "", name.kind.value, *numbers)


def _key(entry: ListEntry) -> str:
    return _fingerprint(*entry_key(entry))


def _content(entry: ListEntry) -> str:
    """Return the fingerprint of what a list says of an entry, but for dates of birth, for the reason given above."""
    names = (f"{name.text}{'~' if name.weak else ''}" for name in entry.names)
    numbers = (f"{number.scheme}:{number.value}" for number in entry.identifiers)
    said = (entry.kind.value, *entry.countries, *numbers, entry.from_date or "", entry.to_date or "", str(entry.ended))
    return _fingerprint(_key(entry), *names, *said)


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def record_document(record: ScreeningRecord) -> dict[str, Any]:
    """Return the record as it is written to JSON; fingerprints stand in one text, sorted."""
    return {
        "format": _FORMAT,
        "version": record.version,
        "as_of": record.as_of,
        "names": {"ids": _packed(record.ids), "contents": _packed(record.names)},
        "lists": [
            {
                "title": each.title,
                "edition": each.edition,
                "sha256": each.sha256,
                "entries": each.entries,
                "keys": _packed(each.keys),
                "contents": _packed(each.contents),
            }
            for each in record.lists
        ],
        "hits": [
            {name: getattr(hit, name) for name in HitRecord.__dataclass_fields__ if getattr(hit, name) != ""}
            for hit in record.hits
        ],
    }


def read_record(path: Path) -> ScreeningRecord:
    """Read the record of an earlier screening, given its file of hits or the record itself.

    Raises NothingToRead where there is none, UnreadableFile where it is no record of this format.
    """
    file = path if path.name.endswith(RECORD) else path.with_name(f"{path.stem}.{RECORD}")
    if not file.is_file():
        raise NothingToRead(
            f"There is no {file.name}, which fairlead screen writes beside its hits.",
            where=Where(file=str(path)),
            do="Give the file of hits of an earlier run with --since, with the files that lay beside it.",
        )
    try:
        document = orjson.loads(file.read_bytes())
        if document["format"] != _FORMAT:
            raise ValueError(f"format {document['format']}")
        return _record(document)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableFile(
            "The file is not the record of a screening by this version of Fairlead.",
            where=Where(file=file.name),
            do="Run the earlier screening again, without --since, and compare with that.",
        ) from error


def _record(document: Mapping[str, Any]) -> ScreeningRecord:
    return ScreeningRecord(
        version=str(document["version"]),
        as_of=date.fromisoformat(document["as_of"]).isoformat(),
        ids=_unpacked(document["names"]["ids"]),
        names=_unpacked(document["names"]["contents"]),
        lists=tuple(
            ListRecord(
                each["title"],
                each["edition"],
                each["sha256"],
                int(each["entries"]),
                _unpacked(each["keys"]),
                _unpacked(each["contents"]),
            )
            for each in document["lists"]
        ),
        hits=tuple(HitRecord(**hit) for hit in document["hits"]),
    )


def _packed(fingerprints: Iterable[str]) -> str:
    return "".join(sorted(fingerprints))


def _unpacked(text: str) -> frozenset[str]:
    return frozenset(text[place : place + _DIGITS] for place in range(0, len(text), _DIGITS))
