"""A list of names to screen against: what it is, which edition, and its entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fairlead.model.vocabulary import PartyKind


class About(StrEnum):
    """What a list or an entry says of those on it."""

    IMPORT_BAN = "import_ban"  # forced labour: a ban on imports, or a list of those said to use it
    OTHER = "other"  # sanctions or anything else


@dataclass(frozen=True)
class ListName:
    """One name of an entry; a weak one (a nickname, "low quality") never makes more than a possible match."""

    text: str
    weak: bool = False


@dataclass(frozen=True)
class ListIdentifier:
    """A number of an entry in its compact spelling; `scheme` as in the tables of parties, empty where not known."""

    value: str
    scheme: str = ""


@dataclass(frozen=True)
class ListEntry:
    """One party on a list, as its publisher describes it.

    `countries` are ISO 3166-1 alpha-3, the first the one given first. Dates are ISO 8601 as precise as they are
    known; `to_date` is the day since which the listing is no longer in force, `ended` says so where no day is
    given. `locator` says where in the file it stands. `removed_after` is the last edition that had the entry, empty
    where it is on the list. `born` are dates of birth, or of founding, as in identity/born.py; they serve the
    comparison alone. Addresses and identifiers of persons are not kept.
    """

    entry_id: str
    name: str
    aliases: tuple[ListName, ...] = ()
    countries: tuple[str, ...] = ()
    kind: PartyKind = PartyKind.UNKNOWN
    addresses: tuple[str, ...] = ()
    identifiers: tuple[ListIdentifier, ...] = ()
    reason: str = ""
    programme: str = ""
    about: About | None = None
    from_date: str | None = None
    to_date: str | None = None
    ended: bool = False
    born: tuple[str, ...] = ()
    locator: str = ""
    removed_after: str = ""

    @property
    def country(self) -> str | None:
        """The country given first, or None."""
        return self.countries[0] if self.countries else None

    @property
    def names(self) -> Iterator[ListName]:
        """All names, the main one first."""
        yield ListName(self.name)
        yield from self.aliases

    def listed_by(self, day: date) -> bool:
        """Whether the entry was on the list by that day, be it in force or not; yes where no date is given."""
        return self.from_date is None or self.from_date <= day.isoformat()[: len(self.from_date)]

    def ended_by(self, day: date) -> bool:
        """Whether the listing was no longer in force on that day, or the entry is no longer on the list."""
        if self.removed_after:
            return True
        if self.to_date is None:
            return self.ended
        return self.to_date <= day.isoformat()[: len(self.to_date)]


@dataclass(frozen=True)
class WatchList:
    """A list as it was read.

    `list_id` is a key of the reference pack's sources, or `list_` and the beginning of the SHA-256 of the user's
    file; `edition` is what the file says of its day, else the beginning of its hash. `about` holds for every entry
    that does not say otherwise. `left_out` are the rows that name nobody, by their locators.
    """

    list_id: str
    title: str
    edition: str
    sha256: str
    entries: tuple[ListEntry, ...]
    about: About
    left_out: tuple[str, ...] = ()
