"""US withhold release orders and findings, from Customs and Border Protection's data file.

The file names the parties of an order in one text, aliases behind "a/k/a", and leaves out what goods it
covers. What was recorded by hand about an order stands in inputs/import_ban_details.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.builders.country_names import country_finder
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.keys import good_key
from fairlead.reference.load import Row

FILE: Final = "lists/cbp_wro_findings_dated.csv"

_KINDS: Final = {"WRO": "withhold_release_order", "Finding": "finding"}
_ALIAS: Final = re.compile(r",?\s+a/k/a\s+")
_VESSEL: Final = "Fishing Vessel: "
_COLUMNS: Final = (
    "ban_id",
    "entity",
    "other_names",
    "entity_kind",
    "scope",
    "iso3",
    "region",
    "good_text",
    "good",
    "industry",
    "date",
    "kind",
    "status",
    "status_date",
)

#: What holds of an order that nobody has recorded anything about.
_PLAIN: Final = {
    "other_names": "",
    "entity_kind": "company",
    "scope": "entity",
    "region": "",
    "good_text": "",
    "good": "",
    "status": "active",
    "status_date": "",
}

#: The scope of an order on all goods of a kind from a country or region; the other scope is `entity`.
_REGION_AND_GOOD: Final = "region_good"

#: A key stays readable when a name goes on and on.
_LONGEST_KEY: Final = 60


def ban_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every party or group of goods that an order names.

    Names are separated by "; " in `other_names`. Raises InvalidReference when the file is not CBP's.
    """
    find_country = country_finder()
    details = _details()
    seen: set[str] = set()
    for number, entry in enumerate(_entries(files[FILE]), start=2):
        for party in details.get(entry["entity"]) or _parties(entry["entity"]):
            row = {
                **_PLAIN,
                **party,
                "iso3": find_country(entry["country"]),
                "industry": entry["industry"],
                "date": _iso_date(entry["effective_date"], number),
                "kind": _kind(entry["type"], number),
                "source_id": "us_cbp",
            }
            row["ban_id"] = _ban_id(row)
            if row["scope"] == _REGION_AND_GOOD:
                row["entity_kind"] = ""
            if row["ban_id"] not in seen:  # an order may name a party again under a second heading
                seen.add(row["ban_id"])
                yield row
    for announced in read_input("import_bans_announced"):
        kind = "" if announced["scope"] == _REGION_AND_GOOD else "company"
        yield {
            **_PLAIN,
            **announced,
            "entity_kind": kind,
            "ban_id": _ban_id(announced),
            "source_id": "us_cbp_announcements",
        }


def _entries(content: bytes) -> tuple[Row, ...]:
    """Read the file as CBP writes it (separated by bars) or as a spreadsheet saves it again."""
    first_line = content.split(b"\n", 1)[0]
    return publisher_rows(
        content,
        file=FILE,
        needed=("entity", "country", "industry", "effective_date", "type"),
        delimiter="|" if b"|" in first_line else ",",
    )


def _details() -> Mapping[str, list[Row]]:
    """Return what was recorded by hand, by the text with which the file names the parties."""
    details: dict[str, list[Row]] = {}
    for row in read_input("import_ban_details"):
        recorded = {column: value for column, value in row.items() if column != "named_as" and value}
        details.setdefault(row["named_as"], []).append(recorded)
    return details


def _parties(text: str) -> Iterator[Row]:
    """Yield the parties that a text names: parties are separated by semicolons, aliases by a/k/a."""
    for part in text.split("; "):
        name, *aliases = _ALIAS.split(part.strip())
        vessel = name.startswith(_VESSEL)
        yield {
            "entity": name.removeprefix(_VESSEL).strip(" ,"),
            "other_names": "; ".join(alias.strip(" ,") for alias in aliases),
            "entity_kind": "vessel" if vessel else "company",
            **({"good_text": "seafood", "good": "fish"} if vessel else {}),
        }


def _ban_id(row: Row) -> str:
    kind = {"withhold_release_order": "wro", "finding": "finding"}[row["kind"]]
    return "_".join(("us", kind, row["date"].replace("-", ""), good_key(row["entity"])[:_LONGEST_KEY].strip("_")))


def _kind(text: str, number: int) -> str:
    if text not in _KINDS:
        raise InvalidReference(f"“{text}” is neither WRO nor Finding.", where=Where(file=FILE, row=number))
    return _KINDS[text]


def _iso_date(text: str, number: int) -> str:
    """Return a date given as 2021-06-24 or, as CBP writes it, 06/24/2021."""
    try:
        if "/" in text:
            return datetime.strptime(text, "%m/%d/%Y").date().isoformat()  # noqa: DTZ007  (only its date is used)
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidReference(f"“{text}” is not a date.", where=Where(file=FILE, row=number)) from error


BUILDERS: Final = (Builder("import_bans", _COLUMNS, (FILE,), ban_rows),)
