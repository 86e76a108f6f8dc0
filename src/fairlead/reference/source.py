"""Where the facts of the reference pack come from: one source, one row of sources.csv."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference.home import user_reference_folder
from fairlead.reference.load import Row, data_folder, parse_csv

if TYPE_CHECKING:  # pragma: no cover  (the model imports pyarrow, which listing the tables does not need)
    from fairlead.model.assessment import Edition

SOURCES_FILE: Final = "sources.csv"

#: The columns that end every row of every table, and say where its fact comes from.
SOURCE_COLUMNS: Final = ("source_id", "edition", "licence", "checked")


@dataclass(frozen=True)
class Source:
    """One published source: who publishes it, which edition is in the pack, under what terms, and how old it may get.

    `published` is the day of the edition (ISO 8601, as precise as it is known: 2022, 2022-09, 2022-09-28);
    `max_age_days` is after how many days a newer edition is to be expected, None where there never is one;
    `checked` says whether the facts were compared with the publisher's own.
    """

    source_id: str
    title: str
    publisher: str
    url: str
    edition: str
    published: str
    licence: str
    licence_url: str
    max_age_days: int | None
    checked: bool
    note: str

    def age_days(self, as_of: date) -> int:
        """Return the days from the day the edition was published to `as_of`."""
        return (as_of - first_day(self.published)).days

    def is_old(self, as_of: date) -> bool:
        """Say whether a newer edition is to be expected on the day `as_of`."""
        return self.max_age_days is not None and self.age_days(as_of) > self.max_age_days


def first_day(iso: str) -> date:
    """Return the first day of a year, month or day given as 2022, 2022-09 or 2022-09-28."""
    return date.fromisoformat(iso + "0000-01-01"[len(iso) :])


def last_day(iso: str) -> date:
    """Return the last day of a year, month or day given as 2022, 2022-09 or 2022-09-28."""
    first = first_day(iso)
    return {
        4: first.replace(month=12, day=31),
        7: first.replace(day=calendar.monthrange(first.year, first.month)[1]),
    }.get(len(iso), first)


def source_from_row(row: Row) -> Source:
    """Read one row of sources.csv.

    Raises InvalidReference when a column is missing or a value cannot be read.
    """
    try:
        source = Source(
            **{name: row[name] for name in _TEXT_COLUMNS},
            max_age_days=int(row["max_age_days"]) if row["max_age_days"] else None,
            checked={"yes": True, "no": False}[row["checked"]],
        )
        first_day(source.published)
    except (KeyError, ValueError) as error:
        raise InvalidReference(
            f"the source “{row.get('source_id', '')}” cannot be read: {error}.", where=Where(file=SOURCES_FILE)
        ) from error
    return source


_TEXT_COLUMNS: Final = (
    "source_id",
    "title",
    "publisher",
    "url",
    "edition",
    "published",
    "licence",
    "licence_url",
    "note",
)


def source_records() -> Mapping[str, Source]:
    """Return every source by its id; a source whose table the user has updated is described by the user's copy."""
    records = {}
    for folder in (data_folder(), user_reference_folder()):
        path = folder / SOURCES_FILE
        if path.is_file():
            for row in parse_csv(path.read_bytes(), path.name):
                records[row["source_id"]] = source_from_row(row)
    return dict(sorted(records.items()))


def sources() -> Mapping[str, Edition]:
    """Return the edition of every source in use, by its id."""
    from fairlead.model.assessment import Edition  # noqa: PLC0415  (imports pyarrow)

    return {
        source_id: Edition(
            source_id=source_id,
            title=source.title,
            publisher=source.publisher,
            edition=source.edition,
            licence=source.licence,
            url=source.url,
            checked=source.checked,
        )
        for source_id, source in source_records().items()
    }


def editions() -> Mapping[str, str]:
    """Return which edition of every source is in use, by its id, as a rating records it."""
    return {source_id: source.edition for source_id, source in source_records().items()}
